using Crm.Application.Limits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Api.Tests.Support;

/// <summary>The whole API, nothing replaced, over TCP to a sandbox. Disposing of it is stopping the process: the data stays.</summary>
internal sealed class LiveApi(ApiData data, Uri sandbox, IReadOnlyDictionary<string, string> settings, ILoggerProvider? log = null)
    : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Development);
        data.Configure(builder);
        builder.UseSetting("Sandbox:Url", sandbox.ToString());
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        if (log is not null)
        {
            foreach (var category in new[] { "Default", "Microsoft.AspNetCore", "Microsoft.AspNetCore.DataProtection", "Microsoft.Hosting.Lifetime" })
            {
                builder.UseSetting($"Logging:LogLevel:{category}", "Trace");
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace));
        }

        // A busy machine must not make a send that is under way look like one that waits.
        builder.ConfigureTestServices(services => services
            .AddSingleton<IStartupFilter, RemoteAddressFilter>().AddSingleton<IStartupFilter, DocumentedAnswers>()
            .PostConfigure<LimitsOptions>(limits => limits.SendPatience = TimeSpan.FromSeconds(60)));
    }
}
