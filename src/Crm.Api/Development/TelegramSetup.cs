using Crm.Api.Configuration;
using Crm.Infrastructure.Telegram;
using Telegram.Client;

namespace Crm.Api.Development;

/// <summary>Which Telegram the clients speak to.</summary>
internal static class TelegramSetup
{
    private static readonly TimeSpan ControlTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddTelegramEnvironment(this IServiceCollection services, ApiSettings settings) => settings switch
    {
        { Telegram: TelegramEnvironment.Production } => services.AddFixed(DataCenterTable.Production),
        { Telegram: TelegramEnvironment.Test } => services.AddFixed(DataCenterTable.Test),
        { Sandbox.Url: { } url } => services.AddSingleton<ITelegramEnvironment>(
            provider => new SandboxTelegramEnvironment(
                new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = ControlTimeout },
                provider.GetRequiredService<TimeProvider>())),
        _ => services.AddLocalSandbox(settings.Sandbox),
    };

    private static IServiceCollection AddFixed(this IServiceCollection services, DataCenterTable dataCenters) =>
        services.AddSingleton<ITelegramEnvironment>(new FixedTelegramEnvironment(dataCenters));

    private static IServiceCollection AddLocalSandbox(this IServiceCollection services, SandboxSettings settings)
    {
        services.AddSingleton(provider => new LocalSandbox(settings.Options, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ITelegramEnvironment>(provider => provider.GetRequiredService<LocalSandbox>());
        return services.AddHostedService(provider => provider.GetRequiredService<LocalSandbox>());
    }
}
