using Crm.Application.Events;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Telegram took a send: within one transaction that holds the account's turn, it gets its message and is sent.</summary>
internal sealed class SqlServerSendCompletion(SqlSession session, SendTexts texts, Send send, long nowMs)
{
    private static readonly SqlChange<ToInsert> InsertMessage = new("""
        INSERT INTO dbo.messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date)
        SELECT @AccountId, @ConnectionId, @DialogId, @MessageId, @Outgoing, @Text, @Date
        WHERE NOT EXISTS (
            SELECT 1 FROM dbo.messages AS m
            WHERE m.connection_id = @ConnectionId AND m.message_id = @MessageId AND m.dialog_id = @DialogId)
        """);

    private static readonly SqlQuery<OfSend, StoredMessage> FindMessageOfSend = new($"""
        SELECT {SqlServerColumns.Message} FROM dbo.messages
        WHERE account_id = @AccountId AND id = (SELECT s.message_row_id FROM dbo.sends AS s WHERE s.id = @SendId)
        """);

    private static readonly SqlChange<Sent> MarkSent = new("""
        UPDATE dbo.sends
        SET status = N'sent', message_row_id = @RowId, error_code = NULL, error_category = NULL, error_message = NULL
        WHERE id = @Id AND status <> N'sent'
        """);

    private static readonly SqlChange<Taken> GiveUpMessage = new("""
        UPDATE dbo.sends SET message_row_id = NULL WHERE message_row_id = @RowId AND id <> @Id
        """);

    public static async Task<MessageRow?> FindMessageAsync(SqlSession session, Send send) =>
        (await session.FindAsync(FindMessageOfSend, new OfSend(send.AccountId, send.Id)))?.ToRow(Messenger.Telegram.Name);

    public async Task<MessageRow> WithAsync(SentMessage message)
    {
        var toInsert = new ToInsert(
            send.AccountId, send.ConnectionId, send.DialogId, message.MessageId, Outgoing: true, send.Text, message.Date);
        var isNew = await session.RunAsync(InsertMessage, toInsert) > 0;
        var of = new SqlServerEdits.OfMessage(send.ConnectionId, message.MessageId, send.DialogId);
        var row = (await session.FindAsync(SqlServerEdits.Find, of))!.ToRow(Messenger.Telegram.Name);
        if (isNew)
        {
            await TellAsync(EventTypes.MessageSent, EventPayloads.Of(row), row.Id);
        }

        // Another send that only looked alike gives it up, and looks on.
        var mistaken = await session.RunAsync(GiveUpMessage, new Taken(send.Id, row.Id)) > 0;
        if (await session.RunAsync(MarkSent, new Sent(send.Id, row.Id)) > 0)
        {
            await TellAsync(EventTypes.SendSent, EventPayloads.SendSent(send.Id, send.DialogId, row), row.Id);
        }

        if (mistaken)
        {
            await SqlServerSendLinks.LinkAsync(session, texts, send.AccountId, send.ConnectionId, send.DialogId);
        }

        return row;
    }

    public async Task<MessageRow?> WithoutMessageAsync()
    {
        var isNew = await session.RunAsync(MarkSent, new Sent(send.Id, null)) > 0;
        await SqlServerSendLinks.LinkAsync(session, texts, send.AccountId, send.ConnectionId, send.DialogId);
        var row = await FindMessageAsync(session, send);
        if (isNew)
        {
            await TellAsync(EventTypes.SendSent, EventPayloads.SendSent(send.Id, send.DialogId, row), row?.Id);
        }

        return row;
    }

    private Task<long> TellAsync(string type, string data, long? rowId) =>
        SqlServerEvents.AppendAsync(
            session, send.AccountId, [new NewEvent(send.AccountId, send.ConnectionId, type, data) { MessageRowId = rowId }], nowMs);

    internal sealed record ToInsert(
        long AccountId, long ConnectionId, long DialogId, int MessageId, bool Outgoing, string Text, long Date);

    internal sealed record OfSend(long AccountId, long SendId);

    internal sealed record Sent(long Id, long? RowId);

    internal sealed record Taken(long Id, long RowId);
}
