using Crm.Api.Authentication;
using Crm.Api.Configuration;
using Crm.Api.Development;
using Crm.Api.Documentation;
using Crm.Api.Health;
using Crm.Api.Inbox;
using Crm.Api.Json;
using Crm.Api.Mapping;
using Crm.Api.Problems;
using Crm.Api.Telemetry;
using Crm.Api.Telemetry.Logs;
using Crm.Api.Telemetry.Prometheus;
using Crm.Application;
using Crm.Application.AccountAuth;
using Crm.Application.Limits;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using Crm.Infrastructure.Telegram;
using Crm.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;

namespace Crm.Api.Hosting;

/// <summary>The composition root.</summary>
internal static class ApiHost
{
    /// <summary>What is still being done after it is broken off; the process has ended within ten seconds.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Runs until it is told to stop; answers the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        IConfiguration? configuration = null;
        try
        {
            var builder = CreateBuilder(args);
            configuration = builder.Configuration;
            var settings = ApiSettings.Read(builder.Configuration, builder.Environment);
            settings.CreateDirectories();
            await RunAsync(builder, settings);
            return 0;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception, configuration) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    /// <summary>The settings lie beside the program, the data in the directory it is started from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    private static async Task RunAsync(WebApplicationBuilder builder, ApiSettings settings)
    {
        ListenAddresses.UseDefault(builder);
        builder.WebHost.ConfigureKestrel(ServerLimits.Apply);
        StartupFailure.SilenceHost(builder);
        builder.Logging.AddLogs(settings.Telemetry);
        AddApi(builder.Services, settings);
        await using var app = builder.Build();
        UseApi(app, settings);
        app.Lifetime.ApplicationStarted.Register(() => Greet(app, settings));
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Requests that weren't answered by then are cut off. What they had stored is gone on with at the next start.
            await Console.Error.WriteLineAsync($"Not all requests could be ended within {ShutdownTimeout.TotalSeconds} seconds.");
        }
    }

    private static void AddApi(IServiceCollection services, ApiSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddTelegramEnvironment(settings);
        services.AddCrmSecurity(settings.KeysDirectory);
        services.AddCrmPersistence(settings.Persistence);
        services.AddTelegramGateway(new TelegramRoute(settings.Proxy));
        services.AddCrmApplication();
        services.Configure<AccountsOptions>(options => options.AllowRegistration = settings.AllowRegistration);
        services.AddSingleton(Options.Create(settings.Events));
        services.AddSingleton(Options.Create(settings.Webhooks));
        services.AddWebhookSender();
        services.Configure<LimitsOptions>(options => options.MaxWait = settings.MaxFloodWait);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);

        services.AddSingleton(ResponseProfile.CreateMapper());
        services.AddProblems();
        services.AddCrmAuthentication(settings);
        services.AddCallLimits(settings.Http);
        services.AddBrowserCallers(settings.Http);
        services.AddJsonControllers();
        services.AddDocumentation();
        services.AddHealth();
        services.AddTelemetry(settings);
    }

    private static void UseApi(WebApplication app, ApiSettings settings)
    {
        app.UseRequestActivities();
        app.UseTrustedProxies(settings.Http);
        app.UseSecurityHeaders();
        app.UseProblems();
        if (!app.Environment.IsDevelopment())
        {
            // Says nothing over plain HTTP.
            app.UseHsts();
            if (ListenAddresses.HasHttps(app.Configuration))
            {
                app.UseHttpsRedirection();
            }
        }

        app.UseInbox(settings);
        app.UseRouting();
        app.UseCors();
        app.UseUnroutedRequests();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapControllers();
        app.MapDocumentation();
        app.MapHealth();
        app.MapMetrics();
    }

    private static void Greet(WebApplication app, ApiSettings settings)
    {
        if (app.Environment.IsDevelopment() && app.Urls.FirstOrDefault() is { } url)
        {
            Console.Out.WriteLine(StartGuide.Write(settings, url, app.Services.GetService<LocalSandbox>()));
        }
    }
}
