using Crm.Application.Events;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.SqlServer;

namespace Crm.Infrastructure.Persistence;

/// <summary>Brings the schema forward without serving anybody.</summary>
public static class SchemaMigration
{
    /// <summary>Migrates and answers the schema's version.</summary>
    /// <exception cref="Application.Ports.Storage.StorageUnavailableException">The database can't answer, or has a newer schema.</exception>
    public static async Task<int> RunAsync(PersistenceOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Provider is StorageProvider.SqlServer)
        {
            using var server = new SqlServerDatabase(options, new EventSignal(), time);
            return await server.MigrateAsync(cancellationToken);
        }

        using var database = new SqliteDatabase(options, new EventSignal(), time);
        await database.Opening.EnsureAsync(cancellationToken);
        return SqliteMigrator.Scripts()[^1].Version;
    }
}
