using Crm.Api.Authentication;
using Crm.Api.Configuration;
using Crm.Api.Documentation;
using Crm.Api.Health;
using Crm.Api.Json;
using Crm.Api.Mapping;
using Crm.Api.Problems;

namespace Crm.Api.Hosting;

/// <summary>The composition root.</summary>
internal static class ApiHost
{
    /// <summary>Runs until it is told to stop; answers the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        IConfiguration? configuration = null;
        try
        {
            // The settings lie beside the program, the data in the directory it is started from.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            configuration = builder.Configuration;
            var settings = ApiSettings.Read(builder.Configuration, builder.Environment);
            settings.CreateDataDirectory();
            await RunAsync(builder, settings);
            return 0;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception, configuration) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    private static async Task RunAsync(WebApplicationBuilder builder, ApiSettings settings)
    {
        ListenAddresses.UseDefault(builder);
        builder.WebHost.ConfigureKestrel(ServerLimits.Apply);
        StartupFailure.SilenceHost(builder);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ResponseProfile.CreateMapper())
            .AddProblems()
            .AddKeyRing(settings)
            .AddCrmAuthentication(settings)
            .AddJsonControllers()
            .AddDocumentation()
            .AddHealth();
        await using var app = builder.Build();
        UseApi(app);
        await app.RunAsync();
    }

    private static void UseApi(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseDocumentation();
        app.UseRouting();
        app.UseUnroutedRequests();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapControllers();
        app.MapHealth();
    }
}
