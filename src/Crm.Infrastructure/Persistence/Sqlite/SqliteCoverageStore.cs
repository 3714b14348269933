using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteCoverageStore(SqliteDatabase database) : ICoverageStore
{
    private const string List = """
        SELECT from_id AS FromId, to_id AS ToId FROM coverage
        WHERE connection_id = @connectionId AND dialog_id = @dialogId ORDER BY from_id DESC
        """;

    private const string FindTouching = """
        SELECT MIN(from_id) AS FromId, MAX(to_id) AS ToId FROM coverage
        WHERE connection_id = @connectionId AND dialog_id = @DialogId AND from_id <= @ToId + 1 AND to_id >= @FromId - 1
        """;

    private const string DeleteTouching = """
        DELETE FROM coverage
        WHERE connection_id = @connectionId AND dialog_id = @DialogId AND from_id <= @ToId + 1 AND to_id >= @FromId - 1
        """;

    private const string Insert = """
        INSERT INTO coverage (connection_id, dialog_id, from_id, to_id) VALUES (@connectionId, @DialogId, @from, @to)
        """;

    private const string Extend = """
        UPDATE coverage SET to_id = @to
        WHERE connection_id = @connectionId AND dialog_id = @dialogId AND to_id < @to AND from_id = (
            SELECT MAX(from_id) FROM coverage WHERE connection_id = @connectionId AND dialog_id = @dialogId)
        """;

    public Task<IReadOnlyList<CoveredRange>> ListAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<CoveredRange> (connection) =>
            [
                .. connection.Query<CoverageRow>(List, new { connectionId, dialogId })
                    .Select(row => new CoveredRange(dialogId, row.FromId ?? 0, row.ToId ?? 0)),
            ],
            cancellationToken);

    public Task<long?> FindStreamAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => SqliteCoverageTops.FindStream(connection, connectionId, dialogId), cancellationToken);

    public Task<IReadOnlyList<CoveredTop>> ListTopsAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => SqliteCoverageTops.List(connection, connectionId), cancellationToken);

    public Task BreakOffAsync(long connectionId, long? dialogId, CancellationToken cancellationToken) =>
        database.WriteAsOwnerAsync(
            Durability.ProcessCrash,
            transaction => SqliteCoverageTops.BreakOff(transaction, connectionId, dialogId),
            cancellationToken);

    /// <summary>Lets a dialog's newest range reach up to a message.</summary>
    public static void ExtendTop(SqliteTransaction transaction, long connectionId, long dialogId, int to) =>
        transaction.Connection!.Execute(Extend, new { connectionId, dialogId, to }, transaction);

    /// <summary>Adds a range, joined with those it overlaps or touches, within the transaction that stores its messages.</summary>
    public static void Add(SqliteTransaction transaction, long connectionId, CoveredRange range)
    {
        var connection = transaction.Connection!;
        var bounds = new { connectionId, range.DialogId, range.FromId, ToId = (long)range.ToId };
        var touching = connection.QuerySingle<CoverageRow>(FindTouching, bounds, transaction);
        connection.Execute(DeleteTouching, bounds, transaction);
        var from = Math.Min(range.FromId, touching.FromId ?? range.FromId);
        var to = Math.Max(range.ToId, touching.ToId ?? range.ToId);
        connection.Execute(Insert, new { connectionId, range.DialogId, from, to }, transaction);
    }
}
