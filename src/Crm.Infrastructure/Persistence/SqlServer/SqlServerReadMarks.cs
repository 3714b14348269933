using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>How far dialogs have been read, by us and by the other side. Marks only move forward, so one may come twice.</summary>
internal static class SqlServerReadMarks
{
    private static readonly SqlChange<Mark> Move = new("""
        UPDATE dbo.read_marks SET message_id = @MessageId
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND box = @Box AND message_id < @MessageId
        """);

    private static readonly SqlChange<Mark> Set = new("""
        INSERT INTO dbo.read_marks (connection_id, dialog_id, box, message_id)
        SELECT @ConnectionId, @DialogId, @Box, @MessageId
        WHERE NOT EXISTS (
            SELECT 1 FROM dbo.read_marks AS m
            WHERE m.connection_id = @ConnectionId AND m.dialog_id = @DialogId AND m.box = @Box)
        """);

    private static readonly SqlChange<Unread> SetUnread = new("""
        UPDATE dbo.dialogs SET unread_count = @Count WHERE connection_id = @ConnectionId AND dialog_id = @DialogId
        """);

    /// <summary>Whether the mark is news.</summary>
    public static async Task<bool> TryMoveAsync(SqlSession session, long connectionId, ReadMark mark)
    {
        var box = mark.Box is ReadBox.Inbox ? "inbox" : "outbox";
        var toMove = new Mark(connectionId, mark.DialogId, box, mark.MaxMessageId);
        if (await session.RunAsync(Move, toMove) == 0 && await session.RunAsync(Set, toMove) == 0)
        {
            return false;
        }

        if (mark.UnreadCount is { } count)
        {
            await session.RunAsync(SetUnread, new Unread(connectionId, mark.DialogId, count));
        }

        return true;
    }

    internal sealed record Mark(long ConnectionId, long DialogId, string Box, int MessageId);

    internal sealed record Unread(long ConnectionId, long DialogId, int Count);
}
