using Crm.Application.Ownership;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telemetry;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Listening;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Infrastructure.Telegram;

/// <summary>Registers the gateway to Telegram.</summary>
public static class TelegramRegistration
{
    /// <summary>
    /// Adds <see cref="ITelegramGateway"/>. The host registers an <see cref="ITelegramEnvironment"/>, a <see cref="TimeProvider"/>,
    /// the stores and the application.
    /// </summary>
    /// <param name="services">Gets the gateway.</param>
    /// <param name="route">How Telegram is reached; directly by default.</param>
    public static IServiceCollection AddTelegramGateway(this IServiceCollection services, TelegramRoute? route = null)
    {
        services.AddSingleton(route ?? new TelegramRoute(Proxy: null));
        services.AddSingleton<Reachability>();
        services.AddHostedService(provider => provider.GetRequiredService<Reachability>());
        services.AddSingleton<ClientFactory>();
        services.AddSingleton<ClientPool>();
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<ClientPool>());
        services.AddSingleton<GapReader>();
        services.AddSingleton<UpdatePump>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton(provider => new Listeners(
            connectionId => ActivatorUtilities.CreateInstance<Listener>(provider, connectionId), provider.GetRequiredService<CrmMetrics>()));
        services.AddSingleton<ITelegramLiveness>(provider => provider.GetRequiredService<Listeners>());
        services.AddSingleton<ITelegramGateway, TelegramGateway>();
        return services;
    }
}
