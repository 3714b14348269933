using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Support;

/// <summary>The whole API, nothing replaced, over TCP to a sandbox. Disposing of it is stopping the process: the data stays.</summary>
internal sealed class LiveApi(string dataDirectory, Uri sandbox, IReadOnlyDictionary<string, string> settings)
    : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Development);
        builder.UseSetting("Data:Directory", dataDirectory);
        builder.UseSetting("Sandbox:Url", sandbox.ToString());
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, RemoteAddressFilter>());
    }
}
