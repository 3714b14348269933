using Crm.Application.Events;
using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Hosting;
using Crm.Infrastructure.Persistence.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Infrastructure.Persistence;

/// <summary>Registers the stores.</summary>
public static class PersistenceRegistration
{
    /// <summary>The stores on SQLite. The database is opened and migrated before any hosted service starts.</summary>
    public static IServiceCollection AddCrmPersistence(this IServiceCollection services, PersistenceOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventSignal>();
        services.AddSingleton(options);
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<SqliteHealth>();
        services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<SqliteHealth>());
        services.AddHostedService(provider => provider.GetRequiredService<SqliteHealth>());
        services.AddSingleton<IAccountStore, SqliteAccountStore>();
        services.AddSingleton<IConnectionStore, SqliteConnectionStore>();
        services.AddSingleton<IDialogStore, SqliteDialogStore>();
        services.AddSingleton<IMessageStore, SqliteMessageStore>();
        services.AddSingleton<ICoverageStore, SqliteCoverageStore>();
        services.AddSingleton<IImportStore, SqliteImportStore>();
        services.AddSingleton<ISendStore, SqliteSendStore>();
        services.AddSingleton<IEventStore, SqliteEventStore>();
        services.AddSingleton<ILeaseStore, SqliteLeaseStore>();
        services.AddSingleton<ILimitStore, SqliteLimitStore>();
        services.AddSingleton<IProcesses, Processes>();
        services.AddSingleton<IWebhookStore, SqliteWebhookStore>();
        return services;
    }
}
