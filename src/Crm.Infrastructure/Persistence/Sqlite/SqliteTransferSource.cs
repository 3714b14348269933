using Crm.Application.Ports;
using Crm.Infrastructure.Persistence.Transfer;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Rows out of a SQLite file, all as of one moment. A copy keeps writers out meanwhile, because one that is broken off goes on from
/// the same rows; an export reads beside them.
/// </summary>
internal sealed class SqliteTransferSource : ITransferSource
{
    /// <summary>Every process that works with a database takes the lease or finds it taken, and everything that happens gives an id.</summary>
    private const string FindMark = """
        SELECT COALESCE((SELECT MAX(token) FROM leases), 0) || '.' || COALESCE((SELECT SUM(seq) FROM sqlite_sequence), 0)
        """;

    private const string ListSequences = "SELECT name AS Name, seq AS Seq FROM sqlite_sequence";

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private SqliteTransferSource(SqliteConnection connection, SqliteTransaction transaction)
    {
        (_connection, _transaction) = (connection, transaction);
        Identity = new TransferIdentity(
            $"database:{SqliteTransferFile.FindDatabaseId(connection, transaction)}",
            connection.ExecuteScalar<string>(FindMark, transaction: transaction)!);
    }

    public TransferIdentity Identity { get; }

    /// <summary>Opens the file for a copy, which nobody may use meanwhile.</summary>
    public static SqliteTransferSource OpenForCopy(string file, IProcesses processes, DateTimeOffset now) => Open(file, (connection, transaction) =>
        SqliteTransferFile.RequireUnused(connection, transaction, file, processes, now), deferred: false);

    /// <summary>Opens the file for an export; it may be in use.</summary>
    public static SqliteTransferSource OpenForExport(string file) => Open(file, static (_, _) => { }, deferred: true);

    public Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(TransferSchema.Tables.ToDictionary(
            table => table.Name,
            table => _connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table.Name}", transaction: _transaction),
            StringComparer.Ordinal));

    public Task<IReadOnlyDictionary<string, long>> GetSequencesAsync(CancellationToken cancellationToken)
    {
        var names = TransferSchema.Tables.Where(table => table.HasSequence).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyDictionary<string, long>>(
            _connection.Query<(string Name, long Seq)>(ListSequences, transaction: _transaction)
                .Where(sequence => names.Contains(sequence.Name))
                .ToDictionary(sequence => sequence.Name, sequence => sequence.Seq, StringComparer.Ordinal));
    }

    public IAsyncEnumerable<TransferRow> ReadAsync(TransferStep step, string? after, CancellationToken cancellationToken) =>
        SqliteTransferSql.Read(_connection, _transaction, step, KeyPosition.Read(step.Key, after))
            .Select(static values => new TransferRow(values))
            .ToAsyncEnumerable();

    public string PositionOf(TransferStep step, TransferRow row) => KeyPosition.Write(step, step.Key, row.Values);

    /// <summary>It is: one transaction reads all of it, and where that has to last over an interruption the mark is compared.</summary>
    public Task EnsureUnchangedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static SqliteTransferSource Open(string file, Action<SqliteConnection, SqliteTransaction> check, bool deferred)
    {
        var connection = SqliteTransferFile.OpenExisting(file);
        try
        {
            var transaction = connection.BeginTransaction(deferred);
            check(connection, transaction);
            return new SqliteTransferSource(connection, transaction);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
