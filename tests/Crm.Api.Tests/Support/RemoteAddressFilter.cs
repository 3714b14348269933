using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Crm.Api.Tests.Support;

/// <summary>Gives requests of the test server an address to come from; it has none of its own.</summary>
internal sealed class RemoteAddressFilter : IStartupFilter
{
    public const string Header = "Test-Remote-Address";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, following) =>
        {
            var address = context.Request.Headers[Header].ToString();
            context.Connection.RemoteIpAddress = address switch
            {
                "" => IPAddress.Loopback,
                "none" => null,
                _ => IPAddress.Parse(address),
            };
            return following(context);
        });
        next(app);
    };
}
