using Crm.Api.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Crm.Api.Hosting;

/// <summary>
/// Believes what a configured proxy says of the caller's address and scheme, and nobody else. A caller whom a proxy calls
/// loopback is none: the ambient account sees the headers the framework leaves.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app, HttpSettings settings)
    {
        if (settings.TrustedProxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
