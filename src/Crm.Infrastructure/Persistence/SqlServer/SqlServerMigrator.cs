using System.Data;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Brings a database forward by the numbered scripts embedded beside it, each in a transaction of its own, under a lock of the
/// session's: of two processes that start at once, one migrates and the other finds it done. A database that is up to date is only
/// read, so a login that may not change the schema does.
/// </summary>
internal static class SqlServerMigrator
{
    /// <summary>Long enough for an index over all messages.</summary>
    private const int TimeoutSeconds = 3600;

    private static readonly SqlQuery<NoParameters, long?> FindTable = new(
        "SELECT CAST(OBJECT_ID(N'dbo.schema_migrations') AS BIGINT) AS Value");

    private static readonly SqlQuery<NoParameters, long?> FindVersion = new(
        "SELECT CAST(MAX(version) AS BIGINT) AS Value FROM dbo.schema_migrations");

    private static readonly SqlChange<Applied> Record = new(
        "INSERT INTO dbo.schema_migrations (version, name, applied_ms) VALUES (@Version, @Name, @NowMs)");

    private static readonly SqlQuery<NoParameters, long?> Lock = new("""
        DECLARE @Result INT;
        EXEC @Result = sp_getapplock @Resource = N'crm.schema', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 600000;
        SELECT CAST(@Result AS BIGINT) AS Value;
        """);

    private static readonly SqlChange<NoParameters> Unlock = new(
        "EXEC sp_releaseapplock @Resource = N'crm.schema', @LockOwner = N'Session'");

    /// <summary>Migrates and answers the version the database then has.</summary>
    /// <exception cref="StorageUnavailableException">A newer program has migrated the database beyond what this one knows.</exception>
    public static async Task<int> MigrateAsync(SqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var session = new SqlSession(connection, null, TimeoutSeconds, cancellationToken);
        var scripts = MigrationScript.Load(typeof(SqlServerMigrator));
        var newest = scripts[^1].Version;
        if (await ReadVersionAsync(session, newest) == newest)
        {
            return newest;
        }

        // Below zero: it wasn't to be had in time.
        if (await session.FindValueAsync(Lock, NoParameters.Instance) is not >= 0)
        {
            throw new StorageUnavailableException(StorageTrouble.Busy, "Another process migrates the database.");
        }

        try
        {
            var version = await ReadVersionAsync(session, newest);
            foreach (var script in scripts.Where(script => script.Version > version))
            {
                await ApplyAsync(connection, script, now, cancellationToken);
            }
        }
        finally
        {
            // One that broke has lost the lock; one that goes back to the pool would keep it, also when nobody waits any longer.
            if (connection.State is ConnectionState.Open)
            {
                await new SqlSession(connection, null, TimeoutSeconds, CancellationToken.None).RunAsync(Unlock, NoParameters.Instance);
            }
        }

        return newest;
    }

    /// <summary>Refuses a database that isn't migrated to what this program knows.</summary>
    public static async Task RequireNewestAsync(SqlConnection connection, CancellationToken cancellationToken)
    {
        var newest = MigrationScript.Load(typeof(SqlServerMigrator))[^1].Version;
        var version = await ReadVersionAsync(new SqlSession(connection, null, TimeoutSeconds, cancellationToken), newest);
        if (version != newest)
        {
            throw new TransferException($"The database on SQL Server has schema {version} and needs {newest}: run the command migrate on it first.");
        }
    }

    /// <summary>What stands between two lines that say GO is sent at once.</summary>
    internal static IEnumerable<SqlChange<NoParameters>> Split(MigrationScript script) =>
        script.Sql.ReplaceLineEndings("\n").Split("\nGO\n")
            .Where(batch => !string.IsNullOrWhiteSpace(batch))
            .Select(batch => new SqlChange<NoParameters>(batch));

    private static async Task<long> ReadVersionAsync(SqlSession session, int newest)
    {
        if (await session.FindValueAsync(FindTable, NoParameters.Instance) is null)
        {
            return 0;
        }

        var version = await session.FindValueAsync(FindVersion, NoParameters.Instance) ?? 0;
        return version <= newest
            ? version
            : throw new StorageUnavailableException(
                StorageTrouble.Newer, $"The database has schema {version}, this program knows {newest}: start a newer one.");
    }

    private static async Task ApplyAsync(SqlConnection connection, MigrationScript script, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var session = new SqlSession(connection, transaction, TimeoutSeconds, cancellationToken);
        foreach (var batch in Split(script))
        {
            await session.RunAsync(batch, NoParameters.Instance);
        }

        await session.RunAsync(Record, new Applied(script.Version, script.Name, now.ToUnixTimeMilliseconds()));
        await transaction.CommitAsync(CancellationToken.None);
    }

    internal sealed record Applied(int Version, string Name, long NowMs);
}
