using System.Runtime.CompilerServices;
using Crm.Application.Events;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteSendStore(SqliteDatabase database, SendTexts texts) : ISendStore
{
    private const string Insert = $"""
        INSERT INTO sends (account_id, connection_id, dialog_id, text, sealed_text, random_id, idempotency_key, status, not_before_ms, created_ms)
        VALUES (@AccountId, @ConnectionId, @DialogId, @Text, @SealedText, @RandomId, @IdempotencyKey, 'queued', @now, @now)
        ON CONFLICT (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
        RETURNING {SendRow.Columns}
        """;

    private const string FindByKey = $"""
        SELECT {SendRow.Columns} FROM sends WHERE account_id = @accountId AND idempotency_key = @idempotencyKey
        """;

    private const string FindById = $"SELECT {SendRow.Columns} FROM sends WHERE id = @sendId";

    private const string FindFirstQueued = $"""
        SELECT {SendRow.Columns} FROM sends
        WHERE connection_id = @connectionId AND dialog_id = @dialogId AND status = 'queued'
        ORDER BY id LIMIT 1
        """;

    private const string Heads = """
        (SELECT MIN(id) AS id FROM sends WHERE status = 'queued' GROUP BY connection_id, dialog_id)
        """;

    private const string ListDue = $"""
        SELECT {SendRow.Columns} FROM sends
        WHERE id IN (SELECT id FROM {Heads}) AND not_before_ms <= @nowMs
        ORDER BY not_before_ms, id LIMIT @limit
        """;

    private const string FindNextDue = $"SELECT MIN(not_before_ms) FROM sends WHERE id IN (SELECT id FROM {Heads})";

    private const string InsertMessage = """
        INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date)
        VALUES (@AccountId, @ConnectionId, @DialogId, @MessageId, 1, @Text, @Date)
        ON CONFLICT (connection_id, message_id, dialog_id) DO NOTHING
        RETURNING id
        """;

    private const string FindMessageOfTelegram = $"""
        SELECT {MessageColumns.List} FROM messages
        WHERE connection_id = @connectionId AND message_id = @messageId AND dialog_id = @dialogId
        """;

    private const string FindMessageOfSend = $"""
        SELECT {MessageColumns.List} FROM messages WHERE id = (SELECT message_row_id FROM sends WHERE id = @sendId)
        """;

    private const string MarkSent = """
        UPDATE sends SET status = 'sent', message_row_id = @rowId, error_code = NULL, error_category = NULL, error_message = NULL
        WHERE id = @Id AND status <> 'sent'
        """;

    private const string GiveUpMessage = "UPDATE sends SET message_row_id = NULL WHERE message_row_id = @rowId AND id <> @Id";

    private const string CountQueued = "SELECT COUNT(*) FROM sends WHERE status = 'queued'";

    private const string MarkFailed = """
        UPDATE sends SET status = 'failed', error_code = @Code, error_category = @category, error_message = @Message
        WHERE id = @Id AND status = 'queued'
        """;

    private const string PutOff = """
        UPDATE sends SET not_before_ms = @notBeforeMs, attempts = attempts + 1 WHERE id = @Id AND status = 'queued'
        """;

    private const string Hasten = """
        UPDATE sends SET not_before_ms = @now
        WHERE connection_id = @connectionId AND status = 'queued' AND not_before_ms > @now
        """;

    private const string QueueAgain = """
        UPDATE sends SET status = 'queued', not_before_ms = @now, error_code = NULL, error_category = NULL, error_message = NULL
        WHERE id = @Id AND status = 'failed'
        """;

    public Task<SendAddition> AddAsync(NewSend send, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Add(transaction, send), cancellationToken);

    public Task<Send?> FindByKeyAsync(long accountId, string idempotencyKey, CancellationToken cancellationToken) =>
        FindAsync(FindByKey, new { accountId, idempotencyKey }, cancellationToken);

    public Task<Send?> FindAsync(long sendId, CancellationToken cancellationToken) =>
        FindAsync(FindById, new { sendId }, cancellationToken);

    public Task<Send?> FindFirstQueuedAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        FindAsync(FindFirstQueued, new { connectionId, dialogId }, cancellationToken);

    public Task<IReadOnlyList<Send>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Send> (connection) =>
            [
                .. connection.Query<SendRow>(ListDue, new { nowMs = now.ToUnixTimeMilliseconds(), limit }).Select(row => row.ToSend(texts)),
            ],
            cancellationToken);

    public Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalar<long?>(FindNextDue) is { } due
                ? DateTimeOffset.FromUnixTimeMilliseconds(due)
                : (DateTimeOffset?)null,
            cancellationToken);

    public Task<int> CountQueuedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<int>(CountQueued), cancellationToken);

    public Task<MessageRow> CompleteAsync(Send send, SentMessage message, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => Complete(transaction, send, message), cancellationToken);

    public Task<MessageRow?> CompleteWithoutMessageAsync(Send send, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => CompleteWithoutMessage(transaction, send), cancellationToken);

    public Task FailAsync(Send send, Error error, CancellationToken cancellationToken) =>
        ChangeAsync(
            send, MarkFailed, new { send.Id, error.Code, category = error.Category.ToString(), error.Message },
            EventTypes.SendFailed, EventPayloads.SendFailed(send.Id, send.DialogId, error), cancellationToken);

    public Task DeferAsync(Send send, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var parameters = new { send.Id, notBeforeMs = notBefore.ToUnixTimeMilliseconds() };
        return database.WriteAsync(transaction => transaction.Connection!.Execute(PutOff, parameters, transaction), cancellationToken);
    }

    public Task HastenAsync(long connectionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(Hasten, new { connectionId, now = database.NowMs }, transaction),
            cancellationToken);

    public Task RequeueAsync(Send send, CancellationToken cancellationToken) =>
        ChangeAsync(
            send, QueueAgain, new { send.Id, now = database.NowMs },
            EventTypes.SendQueued, EventPayloads.SendQueued(send.Id, send.DialogId), cancellationToken);

    public Task<MessageRow?> FindMessageAsync(Send send, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => FindMessage(connection, null, FindMessageOfSend, new { sendId = send.Id }), cancellationToken);

    private SendAddition Add(SqliteTransaction transaction, NewSend send)
    {
        var connection = transaction.Connection!;
        var text = texts.Store(send.Text);
        var parameters = new
        {
            send.AccountId,
            send.ConnectionId,
            send.DialogId,
            text.Text,
            text.SealedText,
            send.RandomId,
            send.IdempotencyKey,
            now = database.NowMs,
        };
        var added = connection.QuerySingleOrDefault<SendRow>(Insert, parameters, transaction);
        var row = added ?? connection.QuerySingle<SendRow>(
            FindByKey, new { accountId = send.AccountId, idempotencyKey = send.IdempotencyKey }, transaction);
        var stored = row.ToSend(texts);
        if (added is not null)
        {
            Tell(transaction, stored, EventTypes.SendQueued, EventPayloads.SendQueued(stored.Id, stored.DialogId));
        }

        return new SendAddition(stored, added is not null);
    }

    private MessageRow Complete(SqliteTransaction transaction, Send send, SentMessage message)
    {
        var connection = transaction.Connection!;
        var inserted = connection.ExecuteScalar<long?>(
            InsertMessage,
            new { send.AccountId, send.ConnectionId, send.DialogId, message.MessageId, send.Text, message.Date },
            transaction);
        var row = FindMessage(
            connection, transaction, FindMessageOfTelegram,
            new { connectionId = send.ConnectionId, messageId = message.MessageId, dialogId = send.DialogId })!;
        if (inserted is not null)
        {
            Tell(transaction, send, EventTypes.MessageSent, EventPayloads.Of(row), row.Id);
        }

        // Another send that only looked alike gives it up, and looks on.
        var mistaken = connection.Execute(GiveUpMessage, new { send.Id, rowId = row.Id }, transaction) > 0;
        if (connection.Execute(MarkSent, new { send.Id, rowId = row.Id }, transaction) > 0)
        {
            Tell(transaction, send, EventTypes.SendSent, EventPayloads.SendSent(send.Id, send.DialogId, row), row.Id);
        }

        if (mistaken)
        {
            SqliteSendLinks.Link(transaction, texts, send.ConnectionId, send.DialogId);
        }

        return row;
    }

    private MessageRow? CompleteWithoutMessage(SqliteTransaction transaction, Send send)
    {
        var connection = transaction.Connection!;
        var isNew = connection.Execute(MarkSent, new { send.Id, rowId = (long?)null }, transaction) > 0;
        SqliteSendLinks.Link(transaction, texts, send.ConnectionId, send.DialogId);
        var row = FindMessage(connection, transaction, FindMessageOfSend, new { sendId = send.Id });
        if (isNew)
        {
            Tell(transaction, send, EventTypes.SendSent, EventPayloads.SendSent(send.Id, send.DialogId, row), row?.Id);
        }

        return row;
    }

    private void Tell(SqliteTransaction transaction, Send send, string type, string data, long? rowId = null) =>
        SqliteEventStore.Append(
            database, transaction, [new NewEvent(send.AccountId, send.ConnectionId, type, data) { MessageRowId = rowId }]);

    private Task<Send?> FindAsync(string sql, object parameters, CancellationToken cancellationToken, [CallerMemberName] string method = "") =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<SendRow>(sql, parameters)?.ToSend(texts), cancellationToken, method);

    /// <summary>Changes a send's state and tells of it; what is in that state already stays and tells nothing.</summary>
    private Task<bool> ChangeAsync(
        Send send, string sql, object parameters, string type, string data, CancellationToken cancellationToken,
        [CallerMemberName] string method = "") =>
        database.WriteAsync(
            transaction =>
            {
                var isChanged = transaction.Connection!.Execute(sql, parameters, transaction) > 0;
                if (isChanged)
                {
                    Tell(transaction, send, type, data);
                }

                return isChanged;
            },
            cancellationToken,
            method);

    private static MessageRow? FindMessage(SqliteConnection connection, SqliteTransaction? transaction, string sql, object parameters) =>
        MessageColumns.Query(connection, transaction, sql, parameters, Messenger.Telegram.Name).FirstOrDefault();
}
