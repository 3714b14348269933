using System.Globalization;
using Crm.Application.Ports;
using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Rows out of a SQL Server database that nobody works with meanwhile, which is looked at before and afterwards.</summary>
internal sealed class SqlServerTransferSource : ITransferSource
{
    private static readonly SqlQuery<NoParameters, long?> FindToken = new("SELECT token AS Value FROM dbo.leases WHERE name = N'telegram'");

    private readonly SqlServerTransferSession _session;
    private readonly IProcesses _processes;
    private readonly TimeProvider _time;

    private SqlServerTransferSource(SqlServerTransferSession session, TransferIdentity identity, IProcesses processes, TimeProvider time) =>
        (_session, Identity, _processes, _time) = (session, identity, processes, time);

    public TransferIdentity Identity { get; }

    public static async Task<SqlServerTransferSource> OpenAsync(
        string connectionString, IProcesses processes, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = await SqlServerTransferSession.OpenAsync(connectionString, cancellationToken);
        try
        {
            await SqlServerMigrator.RequireNewestAsync(session.Connection, cancellationToken);
            await session.RequireUnusedAsync(processes, time.GetUtcNow(), cancellationToken);
            var identity = new TransferIdentity(
                $"database:{await session.FindDatabaseIdAsync(cancellationToken)}", await ReadMarkAsync(session, cancellationToken));
            return new SqlServerTransferSource(session, identity, processes, time);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken) =>
        await _session.ReadAsync(SqlServerTransferSql.Counts, cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> GetSequencesAsync(CancellationToken cancellationToken) =>
        await _session.ReadAsync(SqlServerTransferSql.Identities, cancellationToken);

    public IAsyncEnumerable<TransferRow> ReadAsync(TransferStep step, string? after, CancellationToken cancellationToken) =>
        SqlServerTransferReader.ReadAsync(_session.Connection, step, KeyPosition.Read(SqlServerTransferSql.OrderOf(step), after), cancellationToken)
            .Select(static values => new TransferRow(values));

    public string PositionOf(TransferStep step, TransferRow row) => KeyPosition.Write(step, SqlServerTransferSql.OrderOf(step), row.Values);

    public async Task EnsureUnchangedAsync(CancellationToken cancellationToken)
    {
        await _session.RequireUnusedAsync(_processes, _time.GetUtcNow(), cancellationToken);
        if (await ReadMarkAsync(_session, cancellationToken) != Identity.Mark)
        {
            throw new TransferException("The source was used meanwhile: begin again, with an empty target.");
        }
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>Every process that works with a database takes the lease or finds it taken, and everything that happens gives an id.</summary>
    private static async Task<string> ReadMarkAsync(SqlServerTransferSession session, CancellationToken cancellationToken)
    {
        var token = await session.Session(null, cancellationToken).FindValueAsync(FindToken, NoParameters.Instance);
        var ids = await session.ReadAsync(SqlServerTransferSql.Identities, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{token}.{ids.Values.Sum()}");
    }
}
