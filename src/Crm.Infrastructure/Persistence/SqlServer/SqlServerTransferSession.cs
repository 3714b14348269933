using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>One connection for moving rows out of a database or into it, and what both ask of it.</summary>
internal sealed class SqlServerTransferSession(SqlConnection connection) : IAsyncDisposable
{
    private const int TimeoutSeconds = 600;

    private static readonly SqlQuery<NoParameters, Identity> FindIdentity = new("SELECT id AS Id FROM dbo.database_identity WHERE name = N'self'");

    private static readonly SqlQuery<AsOf, Holder> FindHolder = new("""
        SELECT host AS Host, process_id AS ProcessId, started AS Started, instance AS Instance
        FROM dbo.leases WHERE name = N'telegram' AND expires_ms > @NowMs
        """);

    public SqlConnection Connection => connection;

    public static async Task<SqlServerTransferSession> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(SqlServerConnectionString.Complete(connectionString));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new SqlServerTransferSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public SqlSession Session(SqlTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        new(connection, transaction, TimeoutSeconds, cancellationToken);

    public async Task<string> FindDatabaseIdAsync(CancellationToken cancellationToken) =>
        (await Session(null, cancellationToken).FindAsync(FindIdentity, NoParameters.Instance))!.Id;

    /// <summary>Refuses a database that a process works with which still runs.</summary>
    public async Task RequireUnusedAsync(IProcesses processes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holder = await Session(null, cancellationToken).FindAsync(FindHolder, new AsOf(now.ToUnixTimeMilliseconds()));
        if (holder is not null && !processes.HasEnded(new LeaseHolder(holder.Host, holder.ProcessId, holder.Started, holder.Instance)))
        {
            throw new TransferException($"Process {holder.ProcessId} works with the database on SQL Server: stop it first.");
        }
    }

    public async Task<Dictionary<string, long>> ReadAsync(
        IReadOnlyDictionary<string, SqlQuery<NoParameters, long?>> queries, CancellationToken cancellationToken)
    {
        var session = Session(null, cancellationToken);
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (table, query) in queries)
        {
            values[table] = await session.FindValueAsync(query, NoParameters.Instance) ?? 0;
        }

        return values;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    internal sealed record AsOf(long NowMs);

    internal sealed class Identity
    {
        public required string Id { get; init; }
    }

    internal sealed class Holder
    {
        public required string Host { get; init; }

        public required int ProcessId { get; init; }

        public required long Started { get; init; }

        public required string Instance { get; init; }
    }
}
