using Crm.Application.Events;
using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Hosting;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Infrastructure.Persistence;

/// <summary>Registers the stores.</summary>
public static class PersistenceRegistration
{
    /// <summary>The stores on what the options name. The database is opened and migrated before any hosted service starts.</summary>
    public static IServiceCollection AddCrmPersistence(this IServiceCollection services, PersistenceOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventSignal>();
        services.AddSingleton(options);
        services.AddSingleton<IProcesses, Processes>();
        services.AddSingleton<SendTexts>();
        return options.Provider is StorageProvider.SqlServer ? services.AddSqlServer() : services.AddSqlite();
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IOpenedStorage>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IStorageHealth, SqliteHealth>();
        services.AddHostedService<StorageStart>();
        services.AddSingleton<IAccountStore, SqliteAccountStore>();
        services.AddSingleton<IAccessStore, SqliteAccessStore>();
        services.AddSingleton<IAccountDataStore, SqliteAccountDataStore>();
        services.AddSingleton<ISecretStore, SqliteSecretStore>();
        services.AddSingleton<IApiKeyStore, SqliteApiKeyStore>();
        services.AddSingleton<ISignInTryStore, SqliteSignInTryStore>();
        services.AddSingleton<IConnectionStore, SqliteConnectionStore>();
        services.AddSingleton<IDialogStore, SqliteDialogStore>();
        services.AddSingleton<IMessageStore, SqliteMessageStore>();
        services.AddSingleton<ICoverageStore, SqliteCoverageStore>();
        services.AddSingleton<IImportStore, SqliteImportStore>();
        services.AddSingleton<ISendStore, SqliteSendStore>();
        services.AddSingleton<IEventStore, SqliteEventStore>();
        services.AddSingleton<ILeaseStore, SqliteLeaseStore>();
        services.AddSingleton<ILimitStore, SqliteLimitStore>();
        services.AddSingleton<IWebhookStore, SqliteWebhookStore>();
        return services;
    }

    private static IServiceCollection AddSqlServer(this IServiceCollection services)
    {
        services.AddSingleton<SqlServerDatabase>();
        services.AddSingleton<IOpenedStorage>(provider => provider.GetRequiredService<SqlServerDatabase>());
        services.AddSingleton<IStorageHealth, SqlServerHealth>();
        services.AddHostedService<StorageStart>();
        services.AddSingleton<IAccountStore, SqlServerAccountStore>();
        services.AddSingleton<IAccessStore, SqlServerAccessStore>();
        services.AddSingleton<IAccountDataStore, SqlServerAccountDataStore>();
        services.AddSingleton<ISecretStore, SqlServerSecretStore>();
        services.AddSingleton<IApiKeyStore, SqlServerApiKeyStore>();
        services.AddSingleton<ISignInTryStore, SqlServerSignInTryStore>();
        services.AddSingleton<IConnectionStore, SqlServerConnectionStore>();
        services.AddSingleton<IDialogStore, SqlServerDialogStore>();
        services.AddSingleton<IMessageStore, SqlServerMessageStore>();
        services.AddSingleton<ICoverageStore, SqlServerCoverageStore>();
        services.AddSingleton<IImportStore, SqlServerImportStore>();
        services.AddSingleton<ISendStore, SqlServerSendStore>();
        services.AddSingleton<IEventStore, SqlServerEventStore>();
        services.AddSingleton<ILeaseStore, SqlServerLeaseStore>();
        services.AddSingleton<ILimitStore, SqlServerLimitStore>();
        services.AddSingleton<IWebhookStore, SqlServerWebhookStore>();
        return services;
    }
}
