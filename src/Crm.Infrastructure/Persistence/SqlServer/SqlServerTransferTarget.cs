using System.Data;
using Crm.Application.Ports;
using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Rows into a SQL Server database, in bulk and with the ids they have. The login may change the schema.</summary>
internal sealed class SqlServerTransferTarget(SqlServerTransferSession session, IProcesses processes, TimeProvider time) : ITransferTarget
{
    private const int TimeoutSeconds = 600;

    private static readonly SqlQuery<NoParameters, TransferRecord> FindTransfer =
        new("SELECT source AS Source, mark AS Mark, finished_ms AS FinishedMs FROM dbo.transfers");

    private static readonly SqlChange<Transfer> AddTransfer =
        new("INSERT INTO dbo.transfers (source, mark, started_ms) VALUES (@Source, @Mark, @NowMs)");

    private static readonly SqlQuery<NoParameters, StepRecord> ListSteps = new(
        "SELECT step AS Step, position AS Position, copied AS Copied, checksum AS Checksum, done AS IsDone FROM dbo.transfer_steps");

    /// <summary>Only from where it was when the batch was read: two runs at once don't bring a row twice.</summary>
    private static readonly SqlChange<ToMove> MoveStep = new("""
        UPDATE dbo.transfer_steps SET position = @Position, copied = @Copied, checksum = @Checksum, done = @IsDone
        WHERE step = @Step AND copied = @Before AND done = 0
        """);

    private static readonly SqlChange<ToBegin> BeginStep = new(
        "INSERT INTO dbo.transfer_steps (step, position, copied, checksum, done) VALUES (@Step, @Position, @Copied, @Checksum, @IsDone)");

    private static readonly SqlChange<ToLink> LinkAccount =
        new("UPDATE dbo.accounts SET current_connection_id = @ConnectionId WHERE id = @Id");

    /// <summary>The turns of accounts aren't moved: they begin anew, and know every event id that was given.</summary>
    private static readonly SqlChange<ToFinish> AddHeads = new("""
        INSERT INTO dbo.account_heads (account_id, turn, last_event_id, lease_token)
        SELECT a.id, 0, @LastEventId, 0 FROM dbo.accounts AS a
        """);

    private static readonly SqlChange<AsOf> Finish = new("""
        UPDATE dbo.transfers SET finished_ms = @NowMs WHERE finished_ms IS NULL;
        DELETE FROM dbo.transfer_steps;
        """);

    private long _lastEventId;

    public static async Task<SqlServerTransferTarget> OpenAsync(
        string connectionString, IProcesses processes, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = await SqlServerTransferSession.OpenAsync(connectionString, cancellationToken);
        try
        {
            await SqlServerMigrator.MigrateAsync(session.Connection, time.GetUtcNow(), cancellationToken);
            return new SqlServerTransferTarget(session, processes, time);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyDictionary<string, StepProgress>?> BeginAsync(TransferIdentity source, CancellationToken cancellationToken)
    {
        await session.RequireUnusedAsync(processes, time.GetUtcNow(), cancellationToken);
        var statements = session.Session(null, cancellationToken);
        if (await statements.FindAsync(FindTransfer, NoParameters.Instance) is { } transfer)
        {
            transfer.Require(source);
            return transfer.FinishedMs is null
                ? (await statements.ListAsync(ListSteps, NoParameters.Instance)).ToDictionary(row => row.Step, row => row.ToProgress(), StringComparer.Ordinal)
                : null;
        }

        if ((await session.ReadAsync(SqlServerTransferSql.Counts, cancellationToken)).Values.Any(rows => rows > 0))
        {
            throw TransferRecord.HoldsOtherData();
        }

        await statements.RunAsync(AddTransfer, new Transfer(source.Source, source.Mark, Now));
        return new Dictionary<string, StepProgress>(StringComparer.Ordinal);
    }

    public TransferRow Fit(TransferRow row) => Storable(row);

    /// <summary>Texts go in bulk past the parameters, which would see to it.</summary>
    internal static TransferRow Storable(TransferRow row) =>
        row with { Values = [.. row.Values.Select(value => value is string text ? SqlParameters.Storable(text) : value)] };

    public async Task WriteAsync(TransferStep step, IReadOnlyList<TransferRow> rows, StepProgress before, StepProgress after)
    {
        try
        {
            await using var transaction = (SqlTransaction)await session.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            var statements = session.Session(transaction);
            await MoveAsync(statements, step, before, after);
            await (step.IsLate ? LinkAsync(statements, rows) : InsertAsync(transaction, step, rows));
            await transaction.CommitAsync();
        }
        catch (SqlException exception) when (SqlServerErrors.FindTrouble(exception) is null)
        {
            throw TransferRecord.DontFit(step, rows, exception);
        }
        catch (InvalidOperationException exception) when (session.Connection.State is ConnectionState.Open)
        {
            // A value that the column's type has no place for is refused before it is sent.
            throw TransferRecord.DontFit(step, rows, exception);
        }
    }

    public async Task SetSequencesAsync(IReadOnlyDictionary<string, long> sequences)
    {
        var statements = session.Session();
        foreach (var (table, last) in sequences)
        {
            // One more, because a table that never had a row gives the value itself.
            await statements.RunAsync(SqlServerTransferSql.Reseeds[table], new SqlServerTransferSql.ToReseed(last + 1));
        }

        _lastEventId = sequences.GetValueOrDefault("events");
    }

    public IAsyncEnumerable<object?[]> ReadAsync(TransferStep step, CancellationToken cancellationToken) =>
        SqlServerTransferReader.ReadAsync(session.Connection, step, after: null, cancellationToken);

    public async Task FinishAsync()
    {
        await using var transaction = (SqlTransaction)await session.Connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        var statements = session.Session(transaction);
        await statements.RunAsync(AddHeads, new ToFinish(_lastEventId));
        await statements.RunAsync(Finish, new AsOf(Now));
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task MoveAsync(SqlSession statements, TransferStep step, StepProgress before, StepProgress after)
    {
        var moved = await statements.RunAsync(
            MoveStep, new ToMove(step.Name, after.Position, after.Copied, after.Checksum, after.IsDone, before.Copied));
        if (moved == 0)
        {
            if (before != StepProgress.None)
            {
                throw TransferRecord.IsCopiedByAnother();
            }

            await statements.RunAsync(BeginStep, new ToBegin(step.Name, after.Position, after.Copied, after.Checksum, after.IsDone));
        }
    }

    private async Task InsertAsync(SqlTransaction transaction, TransferStep step, IReadOnlyList<TransferRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var table = new DataTable();
        foreach (var column in step.Columns)
        {
            table.Columns.Add(column.Name, column.Kind switch
            {
                ColumnKind.Integer => typeof(long),
                ColumnKind.Text => typeof(string),
                _ => typeof(byte[]),
            });
        }

        foreach (var row in rows)
        {
            table.Rows.Add([.. row.Values.Select(value => value ?? DBNull.Value)]);
        }

        using var copy = new SqlBulkCopy(session.Connection, SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.CheckConstraints, transaction)
        {
            DestinationTableName = $"dbo.{step.Table.Name}",
            BulkCopyTimeout = TimeoutSeconds,
        };
        foreach (var column in step.Columns)
        {
            copy.ColumnMappings.Add(column.Name, column.Name);
        }

        await copy.WriteToServerAsync(table);
    }

    private static async Task LinkAsync(SqlSession statements, IReadOnlyList<TransferRow> rows)
    {
        foreach (var row in rows)
        {
            await statements.RunAsync(LinkAccount, new ToLink((long)row.Values[0]!, (long?)row.Values[1]));
        }
    }

    internal sealed record AsOf(long NowMs);

    internal sealed record Transfer(string Source, string Mark, long NowMs);

    internal sealed record ToBegin(string Step, string? Position, long Copied, long Checksum, bool IsDone);

    internal sealed record ToMove(string Step, string? Position, long Copied, long Checksum, bool IsDone, long Before);

    internal sealed record ToLink(long Id, long? ConnectionId);

    internal sealed record ToFinish(long LastEventId);
}
