using System.Diagnostics.Metrics;
using Crm.Application.AccountAuth;
using Crm.Application.AccountDelete;
using Crm.Application.Concurrency;
using Crm.Application.Events;
using Crm.Application.Guessing;
using Crm.Application.Hosting;
using Crm.Application.Imports;
using Crm.Application.Limits;
using Crm.Application.Ownership;
using Crm.Application.Pipeline;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Telegram;
using Crm.Application.StreamEvents;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Application.TelegramLogout;
using Crm.Application.TelegramSend;
using Crm.Application.Telemetry;
using Crm.Application.Webhooks;
using Crm.Application.Webhooks.Delivery;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Application;

/// <summary>Registers the application.</summary>
public static class DependencyInjection
{
    /// <summary>
    /// The commands' handlers and validators behind <see cref="IMediator"/>, and the services that run with the host: the one
    /// that resumes listening, the one that delivers queued
    /// sends, the one that tells webhooks and the one that deletes old events. The host adds the ports' implementations.
    /// </summary>
    public static IServiceCollection AddCrmApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.TryAddSingleton(provider => new CrmMetrics(provider.GetService<IMeterFactory>()));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TracingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(OwnershipBehavior<,>));
        services.AddImplementationsOf(typeof(IRequestHandler<,>), ServiceLifetime.Transient);
        services.AddImplementationsOf(typeof(IValidator<>), ServiceLifetime.Singleton);

        // The first of the hosted services: whoever speaks with Telegram starts after it, and ends before it.
        services.AddSingleton<TelegramOwnership>();
        services.AddSingleton<ITelegramOwnership>(provider => provider.GetRequiredService<TelegramOwnership>());
        services.AddHostedService<OwnershipKeeper>();
        services.AddHostedService<Gauges>();

        services.AddSingleton<Shutdown>();
        services.AddHostedService(provider => provider.GetRequiredService<Shutdown>());
        services.AddSingleton<Locks>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<IRandomIds, RandomIds>();
        services.AddSingleton<ICloudPasswordVault, CloudPasswordVault>();
        services.AddSingleton<ISessionMonitor, SessionMonitor>();
        services.AddSingleton<ConnectionAccess>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<TelegramExit>();
        services.AddSingleton<PeerFinder>();
        services.AddSingleton<HistoryPages>();
        services.AddSingleton<Outbox>();

        services.AddOptions<LimitsOptions>();
        services.AddSingleton<FloodBudget>();
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<FloodBudget>());

        services.TryAddSingleton<EventSignal>();
        services.AddOptions<EventsOptions>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService<EventRetention>();
        services.AddSingleton<AccountEraser>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountEraser>());
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<AccountEraser>());
        services.AddOptions<WebhooksOptions>();
        services.AddSingleton<WebhookBackoff>();
        services.AddSingleton<WebhookCourier>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());

        services.AddSingleton<OutboxDeliverer>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDeliverer>());
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<OutboxDeliverer>());
        services.AddSingleton<DialogImport>();
        services.AddSingleton<ImportLimits>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportSupervisor>());
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<ImportSupervisor>());
        services.AddSingleton<ReachedConnections>();
        services.AddSingleton<IReachabilityObserver>(provider => provider.GetRequiredService<ReachedConnections>());
        services.AddSingleton<ListeningSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<ListeningSupervisor>());
        services.AddSingleton<IOwnershipObserver>(provider => provider.GetRequiredService<ListeningSupervisor>());
        return services;
    }

    private static void AddImplementationsOf(this IServiceCollection services, Type openInterface, ServiceLifetime lifetime)
    {
        var implementations =
            from type in typeof(DependencyInjection).Assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
            from contract in type.GetInterfaces()
            where contract.IsGenericType && contract.GetGenericTypeDefinition() == openInterface
            select new ServiceDescriptor(contract, type, lifetime);
        foreach (var implementation in implementations)
        {
            services.Add(implementation);
        }
    }
}
