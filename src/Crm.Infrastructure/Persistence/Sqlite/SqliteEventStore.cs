using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    private const string Insert = """
        INSERT INTO events (account_id, connection_id, type, message_row_id, data, created_ms)
        VALUES (@AccountId, @ConnectionId, @Type, NULL, @Data, @now)
        RETURNING id
        """;

    private const string InsertOfMessage = "INSERT INTO events (account_id, connection_id, type, message_row_id, data, created_ms)";

    private const string Read = """
        SELECT id AS Id, account_id AS AccountId, connection_id AS ConnectionId, type AS Type, message_row_id AS MessageRowId,
               data AS Data, created_ms / 1000 AS Timestamp
        FROM events WHERE account_id = @accountId AND id > @afterId ORDER BY id LIMIT @limit
        """;

    public Task<long> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Append(transaction, newEvent, database.NowMs), cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ReadAsync(long accountId, long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<StoredEvent> (connection) =>
                [.. connection.Query<StoredEvent>(Read, new { accountId, afterId, limit })],
            cancellationToken);

    /// <summary>Appends within a transaction that changes what the event tells of.</summary>
    public static long Append(SqliteTransaction transaction, NewEvent newEvent, long nowMs) =>
        transaction.Connection!.ExecuteScalar<long>(
            Insert, new { newEvent.AccountId, newEvent.ConnectionId, newEvent.Type, newEvent.Data, now = nowMs }, transaction);

    /// <summary>Appends one event per message, within the transaction that changes the messages.</summary>
    public static void AppendOfMessages(
        SqliteTransaction transaction, long accountId, long connectionId, IReadOnlyList<(string Type, long RowId)> messages, long nowMs) =>
        MultiRow.Execute(
            transaction, InsertOfMessage, "", messages,
            message => [accountId, connectionId, message.Type, message.RowId, "{}", nowMs]);
}
