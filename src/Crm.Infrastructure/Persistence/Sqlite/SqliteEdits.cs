using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Edits and deletions: the message changes, what it said before stays as a revision.</summary>
internal sealed class SqliteEdits(SqliteTransaction transaction, long connectionId, string messenger, long nowMs)
{
    private const int IdsPerStatement = 500;

    private const string Find = """
        SELECT id AS Id, text AS Text, edited_at AS EditedAt FROM messages
        WHERE connection_id = @connectionId AND message_id = @MessageId AND dialog_id = @DialogId
        """;

    private const string KeepRevision = """
        INSERT INTO message_revisions (message_row_id, text, edited_at, replaced_ms)
        SELECT id, text, edited_at, @nowMs FROM messages WHERE id = @Id
        """;

    private const string Update = $"""
        UPDATE messages SET text = @Text, edited_at = @EditDate, revisions = revisions + @more WHERE id = @Id
        RETURNING {MessageColumns.List}
        """;

    private const string MarkDeleted = """
        UPDATE messages SET deleted_at = @now
        WHERE connection_id = @connectionId AND message_id IN @ids AND deleted_at IS NULL
        """;

    private const string InChannel = $" AND dialog_id = @DialogId RETURNING {MessageColumns.List}";

    private const string OutsideChannels = $" AND dialog_id > -1000000000000 RETURNING {MessageColumns.List}";

    /// <summary>Gives a message its new wording; answers it if the text changed. An older edit than the stored one is passed over.</summary>
    public Reworded? Apply(TelegramMessage edit)
    {
        var connection = transaction.Connection!;
        var stored = connection.QuerySingleOrDefault<StoredText>(Find, new { connectionId, edit.MessageId, edit.DialogId }, transaction);
        if (stored is null || edit.EditDate < stored.EditedAt || (edit.EditDate is null && stored.EditedAt is not null))
        {
            return null;
        }

        var isReworded = stored.Text != edit.Text;
        if (!isReworded && edit.EditDate == stored.EditedAt)
        {
            return null;
        }

        if (isReworded)
        {
            connection.Execute(KeepRevision, new { stored.Id, nowMs }, transaction);
        }

        var rows = Read(Update, new { stored.Id, edit.Text, edit.EditDate, more = isReworded ? 1 : 0 });
        return isReworded ? new Reworded(rows.Single(), stored.Text, stored.EditedAt) : null;
    }

    /// <summary>Marks messages as deleted; answers those that weren't yet.</summary>
    public List<MessageRow> Delete(DeletedMessages deleted)
    {
        var sql = MarkDeleted + (deleted.DialogId is null ? OutsideChannels : InChannel);
        var rows = new List<MessageRow>();
        foreach (var ids in deleted.MessageIds.Chunk(IdsPerStatement))
        {
            rows.AddRange(Read(sql, new { connectionId, ids, deleted.DialogId, now = nowMs / 1000 }));
        }

        return rows;
    }

    private List<MessageRow> Read(string sql, object parameters) =>
        MessageColumns.Query(transaction.Connection!, transaction, sql, parameters, messenger);

    private sealed class StoredText
    {
        public required long Id { get; init; }

        public required string Text { get; init; }

        public long? EditedAt { get; init; }
    }
}
