using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The log. SQLite has one writer at a time and <c>AUTOINCREMENT</c> never gives an id twice, so ids grow in the order of commits;
/// see docs/decisions/0008-one-event-log.md.
/// </summary>
internal sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    private const string Insert = "INSERT INTO events (account_id, connection_id, type, message_row_id, data, created_ms)";

    private const string Read = """
        SELECT id AS Id, account_id AS AccountId, connection_id AS ConnectionId, type AS Type, message_row_id AS MessageRowId,
               data AS Data, created_ms AS CreatedMs
        FROM events WHERE account_id = @accountId AND id > @afterId ORDER BY id LIMIT @limit
        """;

    private const string FindDeletedTo = "SELECT deleted_to FROM event_horizons WHERE account_id = @accountId";

    private const string FindLastId = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";

    private const string ListOldest = "SELECT id AS Id, created_ms AS CreatedMs FROM events ORDER BY id LIMIT @limit";

    private const string MoveHorizons = """
        INSERT INTO event_horizons (account_id, deleted_to)
        SELECT account_id, MAX(id) FROM events WHERE id <= @last GROUP BY account_id
        ON CONFLICT (account_id) DO UPDATE SET deleted_to = excluded.deleted_to
        """;

    private const string Delete = "DELETE FROM events WHERE id <= @last";

    public Task<long> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => Append(database, transaction, [newEvent])[0], cancellationToken);

    public Task<EventPage> ReadAsync(long accountId, long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                // One snapshot: what was deleted and what is there fit together.
                using var transaction = connection.BeginTransaction(deferred: true);
                return new EventPage(
                    [.. connection.Query<EventRow>(Read, new { accountId, afterId, limit }, transaction).Select(row => row.ToEvent())],
                    connection.ExecuteScalar<long?>(FindDeletedTo, new { accountId }, transaction) ?? 0,
                    connection.ExecuteScalar<long?>(FindLastId, transaction: transaction) ?? 0);
            },
            cancellationToken);

    public Task<int> DeleteOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Durability.ProcessCrash,
            transaction => DeleteOldest(transaction, before.ToUnixTimeMilliseconds(), limit),
            cancellationToken);

    /// <summary>Appends within a transaction that changes what the events tell of; answers their ids.</summary>
    public static List<long> Append(SqliteDatabase database, SqliteTransaction transaction, IReadOnlyList<NewEvent> events)
    {
        var nowMs = database.NowMs;
        var ids = new List<long>(events.Count);
        MultiRow.Execute(
            transaction, Insert, "", events,
            one => [one.AccountId, one.ConnectionId, one.Type, one.MessageRowId, one.Data, nowMs],
            (_, id) => ids.Add(id));
        foreach (var one in events)
        {
            database.LogHasGrown(one.AccountId);
        }

        return ids;
    }

    /// <summary>Deletes from the beginning and leaves no hole, also where the clock once stepped back.</summary>
    private static int DeleteOldest(SqliteTransaction transaction, long beforeMs, int limit)
    {
        var connection = transaction.Connection!;
        var old = connection.Query<Age>(ListOldest, new { limit }, transaction).TakeWhile(one => one.CreatedMs < beforeMs).ToList();
        if (old.Count > 0)
        {
            var last = old[^1].Id;
            connection.Execute(MoveHorizons, new { last }, transaction);
            connection.Execute(Delete, new { last }, transaction);
        }

        return old.Count;
    }

    private sealed class Age
    {
        public required long Id { get; init; }

        public required long CreatedMs { get; init; }
    }
}
