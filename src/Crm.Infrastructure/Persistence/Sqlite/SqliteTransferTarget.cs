using Crm.Application.Ports;
using Crm.Infrastructure.Persistence.Transfer;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Rows into a SQLite file, which is made where there is none.</summary>
internal sealed class SqliteTransferTarget(string file, SqliteConnection connection, IProcesses processes, TimeProvider time) : ITransferTarget
{
    private const string FindTransfer = "SELECT source AS Source, mark AS Mark, finished_ms AS FinishedMs FROM transfers";

    private const string AddTransfer = "INSERT INTO transfers (source, mark, started_ms) VALUES (@Source, @Mark, @now)";

    private const string ListSteps =
        "SELECT step AS Step, position AS Position, copied AS Copied, checksum AS Checksum, done AS IsDone FROM transfer_steps";

    /// <summary>Only from where it was when the batch was read: two runs at once don't bring a row twice.</summary>
    private const string MoveStep = """
        INSERT INTO transfer_steps (step, position, copied, checksum, done) VALUES (@Name, @Position, @Copied, @Checksum, @IsDone)
        ON CONFLICT (step) DO UPDATE
        SET position = excluded.position, copied = excluded.copied, checksum = excluded.checksum, done = excluded.done
        WHERE copied = @before AND NOT done
        """;

    private const string SetSequence = """
        DELETE FROM sqlite_sequence WHERE name = @name;
        INSERT INTO sqlite_sequence (name, seq) VALUES (@name, @last);
        """;

    private const string Finish = "UPDATE transfers SET finished_ms = @now WHERE finished_ms IS NULL; DELETE FROM transfer_steps;";

    public static SqliteTransferTarget Open(string file, IProcesses processes, TimeProvider time) =>
        new(file, SqliteTransferFile.OpenOrCreate(file, time.GetUtcNow()), processes, time);

    public Task<IReadOnlyDictionary<string, StepProgress>?> BeginAsync(TransferIdentity source, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        SqliteTransferFile.RequireUnused(connection, transaction, file, processes, time.GetUtcNow());
        if (connection.QuerySingleOrDefault<TransferRecord>(FindTransfer, transaction: transaction) is { } transfer)
        {
            transfer.Require(source);
            return Task.FromResult<IReadOnlyDictionary<string, StepProgress>?>(transfer.FinishedMs is null ? ReadSteps(transaction) : null);
        }

        foreach (var table in TransferSchema.Tables)
        {
            if (connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM {table.Name})", transaction: transaction))
            {
                throw TransferRecord.HoldsOtherData();
            }
        }

        connection.Execute(AddTransfer, new { source.Source, source.Mark, now = Now }, transaction);
        transaction.Commit();
        return Task.FromResult<IReadOnlyDictionary<string, StepProgress>?>(new Dictionary<string, StepProgress>(StringComparer.Ordinal));
    }

    public TransferRow Fit(TransferRow row) => row;

    public Task WriteAsync(TransferStep step, IReadOnlyList<TransferRow> rows, StepProgress before, StepProgress after)
    {
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var moved = connection.Execute(
                MoveStep, new { step.Name, after.Position, after.Copied, after.Checksum, after.IsDone, before = before.Copied }, transaction);
            if (moved != 1)
            {
                throw TransferRecord.IsCopiedByAnother();
            }

            Write(transaction, step, rows);
            transaction.Commit();
            return Task.CompletedTask;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw TransferRecord.DontFit(step, rows, exception);
        }
    }

    public Task SetSequencesAsync(IReadOnlyDictionary<string, long> sequences)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var (name, last) in sequences)
        {
            connection.Execute(SetSequence, new { name, last }, transaction);
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<object?[]> ReadAsync(TransferStep step, CancellationToken cancellationToken) =>
        SqliteTransferSql.Read(connection, transaction: null, step, after: null).ToAsyncEnumerable();

    public Task FinishAsync()
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(Finish, new { now = Now }, transaction);
        transaction.Commit();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Dictionary<string, StepProgress> ReadSteps(SqliteTransaction transaction) =>
        connection.Query<StepRecord>(ListSteps, transaction: transaction)
            .ToDictionary(row => row.Step, row => row.ToProgress(), StringComparer.Ordinal);

    private static void Write(SqliteTransaction transaction, TransferStep step, IReadOnlyList<TransferRow> rows)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SqliteTransferSql.Write(step);
        var parameters = step.Columns.Select((_, i) => command.Parameters.AddWithValue($"@p{i}", DBNull.Value)).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                parameters[i].Value = row.Values[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }
}
