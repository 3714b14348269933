using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Brings a database forward by the numbered scripts embedded beside it, all of them in one transaction that takes the write
/// lock first: of two processes that start at once, one migrates and the other finds it done.
/// </summary>
internal static class SqliteMigrator
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            applied_ms INTEGER NOT NULL)
        """;

    private const string FindVersion = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

    private const string Record = "INSERT INTO schema_migrations (version, name, applied_ms) VALUES (@Version, @Name, @now)";

    /// <summary>Migrates and answers the version the database then has.</summary>
    /// <exception cref="StorageUnavailableException">A newer program has migrated the database beyond what this one knows.</exception>
    public static int Migrate(SqliteConnection connection, DateTimeOffset now) => Migrate(connection, Scripts(), now);

    internal static int Migrate(SqliteConnection connection, IReadOnlyList<MigrationScript> scripts, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(CreateTable, transaction: transaction);
        var version = connection.ExecuteScalar<int>(FindVersion, transaction: transaction);
        var newest = scripts.Count == 0 ? 0 : scripts[^1].Version;
        if (version > newest)
        {
            throw new StorageUnavailableException(
                StorageTrouble.Newer, $"The database has schema {version}, this program knows {newest}: start a newer one.");
        }

        foreach (var script in scripts.Where(script => script.Version > version))
        {
            connection.Execute(script.Sql, transaction: transaction);
            connection.Execute(Record, new { script.Version, script.Name, now = now.ToUnixTimeMilliseconds() }, transaction);
        }

        transaction.Commit();
        return newest;
    }

    internal static List<MigrationScript> Scripts() => MigrationScript.Load(typeof(SqliteMigrator));
}
