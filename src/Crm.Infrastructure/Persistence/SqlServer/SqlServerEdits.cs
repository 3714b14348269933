using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Edits and deletions: the message changes, what it said before stays as a revision.</summary>
internal sealed class SqlServerEdits(SqlSession session, long connectionId, string messenger, long nowMs)
{
    internal static readonly SqlQuery<OfMessage, StoredMessage> Find = new($"""
        SELECT {SqlServerColumns.Message} FROM dbo.messages
        WHERE connection_id = @ConnectionId AND message_id = @MessageId AND dialog_id = @DialogId
        """);

    private static readonly SqlChange<Revision> KeepRevision = new("""
        INSERT INTO dbo.message_revisions (message_row_id, text, edited_at, replaced_ms)
        VALUES (@RowId, @Text, @EditedAt, @NowMs)
        """);

    private static readonly SqlChange<Wording> Update = new("""
        UPDATE dbo.messages SET text = @Text, edited_at = @EditedAt, revisions = @Revisions
        WHERE account_id = @AccountId AND id = @RowId
        """);

    private static readonly SqlQuery<Deletion, StoredMessage> ListUndeleted = new($"""
        SELECT {SqlServerColumns.Message} FROM dbo.messages
        WHERE connection_id = @ConnectionId AND dialog_id >= @LowestDialogId AND dialog_id <= @HighestDialogId
          AND deleted_at IS NULL AND message_id IN (SELECT r.message_id FROM @Ids AS r)
        """);

    private static readonly SqlChange<DeletionAt> MarkDeleted = new("""
        UPDATE dbo.messages SET deleted_at = @DeletedAt
        WHERE connection_id = @ConnectionId AND dialog_id >= @LowestDialogId AND dialog_id <= @HighestDialogId
          AND deleted_at IS NULL AND message_id IN (SELECT r.message_id FROM @Ids AS r)
        """);

    /// <summary>Gives a message its new wording; answers it if the text changed. An older edit than the stored one is passed over.</summary>
    public async Task<Reworded?> ApplyAsync(TelegramMessage edit)
    {
        var stored = await session.FindAsync(Find, new OfMessage(connectionId, edit.MessageId, edit.DialogId));
        if (stored is null || edit.EditDate < stored.EditedAt || (edit.EditDate is null && stored.EditedAt is not null))
        {
            return null;
        }

        var text = SqlParameters.Storable(edit.Text);
        var isReworded = stored.Text != text;
        if (!isReworded && edit.EditDate == stored.EditedAt)
        {
            return null;
        }

        if (isReworded)
        {
            await session.RunAsync(KeepRevision, new Revision(stored.Id, stored.Text, stored.EditedAt, nowMs));
        }

        var now = stored with { Text = text, EditedAt = edit.EditDate, Revisions = stored.Revisions + (isReworded ? 1 : 0) };
        await session.RunAsync(Update, new Wording(now.AccountId, now.Id, now.Text, now.EditedAt, now.Revisions));
        return isReworded ? new Reworded(now.ToRow(messenger), stored.Text, stored.EditedAt) : null;
    }

    /// <summary>Marks messages as deleted; answers those that weren't yet.</summary>
    public async Task<IReadOnlyList<MessageRow>> DeleteAsync(DeletedMessages deleted)
    {
        if (deleted.MessageIds.Count == 0)
        {
            return [];
        }

        var range = SqlServerDialogIds.Of(connectionId, deleted.DialogId);
        var ids = new SqlRows<MessageId>([.. deleted.MessageIds.Distinct().Select(id => new MessageId(id))]);
        var deletedAt = nowMs / 1000;
        var rows = await session.ListAsync(
            ListUndeleted, new Deletion(connectionId, range.LowestDialogId, range.HighestDialogId, ids));
        if (rows.Count > 0)
        {
            await session.RunAsync(
                MarkDeleted, new DeletionAt(connectionId, range.LowestDialogId, range.HighestDialogId, ids, deletedAt));
        }

        return [.. rows.OrderBy(row => row.Id).Select(row => (row with { DeletedAt = deletedAt }).ToRow(messenger))];
    }

    internal sealed record OfMessage(long ConnectionId, int MessageId, long DialogId);

    internal sealed record Revision(long RowId, string Text, long? EditedAt, long NowMs);

    internal sealed record Wording(long AccountId, long RowId, string Text, long? EditedAt, int Revisions);

    internal sealed record Deletion(long ConnectionId, long LowestDialogId, long HighestDialogId, SqlRows<MessageId> Ids);

    internal sealed record DeletionAt(
        long ConnectionId, long LowestDialogId, long HighestDialogId, SqlRows<MessageId> Ids, long DeletedAt);

    internal sealed record MessageId(int Value) : ISqlRow
    {
        public static string TypeName => "dbo.message_ids";
    }
}
