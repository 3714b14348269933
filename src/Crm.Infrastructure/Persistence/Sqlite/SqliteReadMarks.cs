using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>How far dialogs have been read, by us and by the other side. Marks only move forward, so one may come twice.</summary>
internal static class SqliteReadMarks
{
    private const string Move = """
        INSERT INTO read_marks (connection_id, dialog_id, box, message_id) VALUES (@connectionId, @DialogId, @box, @MaxMessageId)
        ON CONFLICT (connection_id, dialog_id, box) DO UPDATE SET message_id = excluded.message_id
        WHERE excluded.message_id > read_marks.message_id
        """;

    private const string SetUnread = """
        UPDATE dialogs SET unread_count = @UnreadCount WHERE connection_id = @connectionId AND dialog_id = @DialogId
        """;

    /// <summary>Whether the mark is news.</summary>
    public static bool TryMove(SqliteTransaction transaction, long connectionId, ReadMark mark)
    {
        var connection = transaction.Connection!;
        var box = mark.Box is ReadBox.Inbox ? "inbox" : "outbox";
        if (connection.Execute(Move, new { connectionId, mark.DialogId, box, mark.MaxMessageId }, transaction) == 0)
        {
            return false;
        }

        if (mark.UnreadCount is not null)
        {
            connection.Execute(SetUnread, new { connectionId, mark.DialogId, mark.UnreadCount }, transaction);
        }

        return true;
    }
}
