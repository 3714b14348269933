using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Finds the message of sends that Telegram took without saying as which. A message is one send's at most, which the index on
/// <c>sends.message_row_id</c> sees to.
/// </summary>
internal static class SqliteSendLinks
{
    private const string ListUnlinked = """
        SELECT id AS Id, dialog_id AS DialogId, message_id AS MessageId, text AS Text, sealed_text AS SealedText, created_ms / 1000 AS Since FROM sends
        WHERE connection_id = @connectionId AND (@dialogId IS NULL OR dialog_id = @dialogId)
            AND status = 'sent' AND message_row_id IS NULL
        ORDER BY id DESC
        """;

    private const string FindNamed = """
        SELECT id FROM messages WHERE connection_id = @connectionId AND message_id = @MessageId AND dialog_id = @DialogId
        """;

    // Telegram's clock may be behind ours a little; it trims what it takes.
    private const string FindAlike = """
        SELECT m.id FROM messages m
        WHERE m.connection_id = @connectionId AND m.dialog_id = @DialogId AND m.outgoing = 1 AND m.date >= @Since - 60
            AND m.account_id = (SELECT account_id FROM connections WHERE id = @connectionId)
            AND trim(m.text, @blank) = trim(@Text, @blank)
            AND NOT EXISTS (SELECT 1 FROM sends s WHERE s.message_row_id = m.id)
        ORDER BY m.date DESC, m.message_id DESC LIMIT 1
        """;

    private const string SetMessage = """
        UPDATE sends SET message_row_id = @rowId
        WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM sends WHERE message_row_id = @rowId)
        """;

    private const string Blank = " \t\r\n";

    private const string Name = "UPDATE sends SET message_id = @messageId WHERE connection_id = @connectionId AND random_id = @randomId";

    /// <summary>Updates said under which random id a message was sent.</summary>
    public static void Remember(SqliteTransaction transaction, long connectionId, long randomId, int messageId) =>
        transaction.Connection!.Execute(Name, new { connectionId, randomId, messageId }, transaction);

    /// <summary>Links what can be linked in a dialog, or in all of the connection's; newest sends take the newest messages.</summary>
    public static void Link(SqliteTransaction transaction, SendTexts texts, long connectionId, long? dialogId)
    {
        var connection = transaction.Connection!;
        foreach (var send in connection.Query<Unlinked>(ListUnlinked, new { connectionId, dialogId }, transaction).ToList())
        {
            var parameters = new { connectionId, send.DialogId, send.MessageId, Text = texts.Find(send.Text, send.SealedText), send.Since, blank = Blank };
            var sql = send.MessageId is null ? FindAlike : FindNamed;
            if (connection.ExecuteScalar<long?>(sql, parameters, transaction) is { } rowId)
            {
                connection.Execute(SetMessage, new { send.Id, rowId }, transaction);
            }
        }
    }

    private sealed class Unlinked
    {
        public required long Id { get; init; }

        public required long DialogId { get; init; }

        public int? MessageId { get; init; }

        public required string Text { get; init; }

        public byte[]? SealedText { get; init; }

        public required long Since { get; init; }
    }
}
