using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Appends to an account's log. The account's turn is taken by then, so ids are drawn in the order of its commits although other
/// accounts draw theirs from the same row; see docs/decisions/0008-one-event-log.md.
/// </summary>
internal static class SqlServerEvents
{
    /// <summary>The turn's row keeps the newest id, also when retention has deleted every event.</summary>
    private static readonly SqlQuery<ToAppend, long?> Append = new("""
        INSERT INTO dbo.events (account_id, connection_id, type, message_row_id, data, created_ms)
        SELECT @AccountId, r.connection_id, r.type, r.message_row_id, r.data, @NowMs
        FROM @Rows AS r ORDER BY r.position;
        UPDATE dbo.account_heads
        SET last_event_id = (SELECT MAX(e.id) FROM dbo.events AS e WHERE e.account_id = @AccountId)
        WHERE account_id = @AccountId;
        SELECT last_event_id AS Value FROM dbo.account_heads WHERE account_id = @AccountId;
        """);

    /// <summary>Appends within a transaction that holds the account's turn and changes what the events tell of; answers the last one's id.</summary>
    public static async Task<long> AppendAsync(SqlSession session, long accountId, IReadOnlyList<NewEvent> events, long nowMs)
    {
        if (events.Count == 0)
        {
            return 0;
        }

        var rows = new SqlRows<EventToAppend>(
            [.. events.Select((one, i) => new EventToAppend(i, one.ConnectionId, one.Type, one.MessageRowId, one.Data))]);
        session.LogHasGrown(accountId);
        return (await session.FindValueAsync(Append, new ToAppend(accountId, nowMs, rows)))!.Value;
    }

    internal sealed record ToAppend(long AccountId, long NowMs, SqlRows<EventToAppend> Rows);

    internal sealed record EventToAppend(int Position, long ConnectionId, string Type, long? MessageRowId, string Data) : ISqlRow
    {
        public static string TypeName => "dbo.event_rows";
    }
}
