using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Finds the message of sends that Telegram took without saying as which. A message is one send's at most, which the index on
/// <c>sends.message_row_id</c> sees to.
/// </summary>
internal static class SqlServerSendLinks
{
    /// <summary>Telegram's clock may be behind ours a little.</summary>
    private const long SlackSeconds = 60;

    private static readonly SqlQuery<ByConnection, UnlinkedRow> ListUnlinked = new("""
        SELECT id AS Id, dialog_id AS DialogId, message_id AS MessageId, text AS Text, sealed_text AS SealedText, created_ms AS CreatedMs FROM dbo.sends
        WHERE connection_id = @ConnectionId AND status = N'sent' AND message_row_id IS NULL
        ORDER BY id DESC
        """);

    private static readonly SqlQuery<SqlServerEdits.OfMessage, long?> FindNamed = new("""
        SELECT id AS Value FROM dbo.messages
        WHERE connection_id = @ConnectionId AND message_id = @MessageId AND dialog_id = @DialogId
        """);

    /// <summary>Which of them says the same is told here and not by the server, to whose collation other texts may be the same too.</summary>
    private static readonly SqlQuery<Since, CandidateRow> ListCandidates = new("""
        SELECT m.id AS Id, m.text AS Text FROM dbo.messages AS m
        WHERE m.account_id = @AccountId AND m.dialog_id = @DialogId AND m.date >= @Date AND m.connection_id = @ConnectionId
          AND m.outgoing = 1 AND NOT EXISTS (SELECT 1 FROM dbo.sends AS s WHERE s.message_row_id = m.id)
        ORDER BY m.date DESC, m.message_id DESC
        """);

    private static readonly SqlChange<ToLink> SetMessage = new("""
        UPDATE dbo.sends SET message_row_id = @RowId
        WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM dbo.sends AS s WHERE s.message_row_id = @RowId)
        """);

    private static readonly SqlChange<SentUnder> Name = new("""
        UPDATE dbo.sends SET message_id = @MessageId WHERE connection_id = @ConnectionId AND random_id = @RandomId
        """);

    private static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    /// <summary>Updates said under which random id a message was sent.</summary>
    public static Task<int> RememberAsync(SqlSession session, long connectionId, long randomId, int messageId) =>
        session.RunAsync(Name, new SentUnder(connectionId, randomId, messageId));

    /// <summary>Links what can be linked in a dialog, or in all of the connection's; newest sends take the newest messages.</summary>
    public static async Task LinkAsync(SqlSession session, SendTexts texts, long accountId, long connectionId, long? dialogId)
    {
        var unlinked = await session.ListAsync(ListUnlinked, new ByConnection(connectionId));
        foreach (var send in unlinked.Where(send => dialogId is null || send.DialogId == dialogId))
        {
            var rowId = send.MessageId is { } messageId
                ? await session.FindValueAsync(FindNamed, new SqlServerEdits.OfMessage(connectionId, messageId, send.DialogId))
                : await FindAlikeAsync(session, texts, accountId, connectionId, send);
            if (rowId is { } found)
            {
                await session.RunAsync(SetMessage, new ToLink(send.Id, found));
            }
        }
    }

    /// <summary>Telegram trims what it takes.</summary>
    private static async Task<long?> FindAlikeAsync(SqlSession session, SendTexts texts, long accountId, long connectionId, UnlinkedRow send)
    {
        var since = new Since(accountId, connectionId, send.DialogId, (send.CreatedMs / 1000) - SlackSeconds);
        var candidates = await session.ListAsync(ListCandidates, since);
        var text = texts.Find(send.Text, send.SealedText);
        return candidates.Find(candidate => candidate.Text.Trim(Blank) == text?.Trim(Blank))?.Id;
    }

    internal sealed record Since(long AccountId, long ConnectionId, long DialogId, long Date);

    internal sealed record ToLink(long Id, long RowId);

    internal sealed record SentUnder(long ConnectionId, long RandomId, int MessageId);

    internal sealed class UnlinkedRow
    {
        public required long Id { get; init; }

        public required long DialogId { get; init; }

        public int? MessageId { get; init; }

        public required string Text { get; init; }

        public byte[]? SealedText { get; init; }

        public required long CreatedMs { get; init; }
    }

    internal sealed class CandidateRow
    {
        public required long Id { get; init; }

        public required string Text { get; init; }
    }
}
