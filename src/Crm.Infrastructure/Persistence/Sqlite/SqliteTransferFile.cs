using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Transfer;
using Crm.Infrastructure.Security;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Opens a file for moving rows out of it or into it, and sees to it that nobody else works with it.</summary>
internal static class SqliteTransferFile
{
    private const string FindVersion = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";

    private const string HasMigrations = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations')";

    private const string FindId = "SELECT id FROM database_identity WHERE name = 'self'";

    private const string FindHolder = """
        SELECT host AS Host, process_id AS ProcessId, started AS Started, instance AS Instance
        FROM leases WHERE name = 'telegram' AND expires_ms > @now
        """;

    /// <summary>A file that must be there and have the schema.</summary>
    public static SqliteConnection OpenExisting(string file)
    {
        if (!File.Exists(file))
        {
            throw new TransferException($"There is no database at {file}.");
        }

        var connection = Open(file);
        try
        {
            RequireSchema(connection, file);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A file that is made where there is none, readable by its owner alone, and brought to the schema.</summary>
    public static SqliteConnection OpenOrCreate(string file, DateTimeOffset now)
    {
        PrivateDirectory.Create(Path.GetDirectoryName(Path.GetFullPath(file))!);
        PrivateFile.OpenOrCreate(file).Dispose();
        var connection = Open(file);
        try
        {
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            SqliteMigrator.Migrate(connection, now);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static string FindDatabaseId(SqliteConnection connection, SqliteTransaction? transaction) =>
        connection.ExecuteScalar<string>(FindId, transaction: transaction)!;

    /// <summary>Refuses a database that a process works with which still runs.</summary>
    public static void RequireUnused(SqliteConnection connection, SqliteTransaction? transaction, string file, IProcesses processes, DateTimeOffset now)
    {
        var holder = connection.QuerySingleOrDefault<HolderRow>(FindHolder, new { now = now.ToUnixTimeMilliseconds() }, transaction);
        if (holder is not null && !processes.HasEnded(new LeaseHolder(holder.Host, holder.ProcessId, holder.Started, holder.Instance)))
        {
            throw new TransferException($"Process {holder.ProcessId} works with {file}: stop it first.");
        }
    }

    private static SqliteConnection Open(string file)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        return connection;
    }

    private static void RequireSchema(SqliteConnection connection, string file)
    {
        var version = connection.ExecuteScalar<bool>(HasMigrations) ? connection.ExecuteScalar<int>(FindVersion) : 0;
        var known = SqliteMigrator.Scripts()[^1].Version;
        if (version > known)
        {
            throw new TransferException($"{file} has schema {version}, this program knows {known}: use a newer one.");
        }

        if (version < known)
        {
            throw new TransferException(
                version == 0 ? $"{file} is no database of this program." : $"{file} has schema {version} and needs {known}: run the command migrate on it first.");
        }
    }

    private sealed class HolderRow
    {
        public required string Host { get; init; }

        public int ProcessId { get; init; }

        public long Started { get; init; }

        public required string Instance { get; init; }
    }
}
