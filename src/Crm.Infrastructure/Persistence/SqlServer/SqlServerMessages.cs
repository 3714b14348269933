using Crm.Application.Messages;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Stores messages that aren't stored yet, all of a batch at once.</summary>
internal static class SqlServerMessages
{
    /// <summary>Ids are drawn in the order of the rows. Nobody else stores the account's messages meanwhile.</summary>
    private static readonly SqlQuery<ToInsert, Inserted> Insert = new("""
        INSERT INTO dbo.messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date, sender_id, edited_at)
        OUTPUT INSERTED.id AS Id, INSERTED.dialog_id AS DialogId, INSERTED.message_id AS MessageId
        SELECT @AccountId, @ConnectionId, r.dialog_id, r.message_id, r.outgoing, r.text, r.date, r.sender_id, r.edited_at
        FROM @Rows AS r
        WHERE NOT EXISTS (
            SELECT 1 FROM dbo.messages AS m
            WHERE m.connection_id = @ConnectionId AND m.message_id = r.message_id AND m.dialog_id = r.dialog_id)
        ORDER BY r.position
        """);

    /// <summary>They get their ids in the order of time, also where they came newest first. Answers those that were new, by id.</summary>
    public static async Task<IReadOnlyList<MessageRow>> InsertAsync(
        SqlSession session, MessageOwnerRow owner, long connectionId, IReadOnlyList<TelegramMessage> messages)
    {
        var ordered = messages.OrderBy(message => message.Date).ThenBy(message => message.MessageId)
            .DistinctBy(message => (message.DialogId, message.MessageId))
            .Select(message => message with { Text = SqlParameters.Storable(message.Text) }).ToList();
        if (ordered.Count == 0)
        {
            return [];
        }

        var rows = new SqlRows<MessageToInsert>([.. ordered.Select(ToRow)]);
        var inserted = await session.ListAsync(Insert, new ToInsert(owner.AccountId, connectionId, rows));
        var byId = ordered.ToDictionary(message => (message.DialogId, message.MessageId));
        return
        [
            .. inserted.OrderBy(row => row.Id)
                .Select(row => ToStored(row.Id, owner.AccountId, connectionId, byId[(row.DialogId, row.MessageId)]).ToRow(owner.Messenger)),
        ];
    }

    private static MessageToInsert ToRow(TelegramMessage message, int position) => new(
        position,
        message.DialogId,
        message.MessageId,
        message.Outgoing,
        message.Text,
        message.Date,
        message.SenderId,
        message.EditDate);

    private static StoredMessage ToStored(long id, long accountId, long connectionId, TelegramMessage message) => new()
    {
        Id = id,
        AccountId = accountId,
        ConnectionId = connectionId,
        DialogId = message.DialogId,
        MessageId = message.MessageId,
        Outgoing = message.Outgoing,
        Text = message.Text,
        Date = message.Date,
        EditedAt = message.EditDate,
        Revisions = 0,
    };

    internal sealed record ToInsert(long AccountId, long ConnectionId, SqlRows<MessageToInsert> Rows);

    internal sealed record MessageToInsert(
        int Position,
        long DialogId,
        int MessageId,
        bool Outgoing,
        string Text,
        long Date,
        long? SenderId,
        long? EditedAt) : ISqlRow
    {
        public static string TypeName => "dbo.message_rows";
    }

    internal sealed class Inserted
    {
        public required long Id { get; init; }

        public required long DialogId { get; init; }

        public required int MessageId { get; init; }
    }
}
