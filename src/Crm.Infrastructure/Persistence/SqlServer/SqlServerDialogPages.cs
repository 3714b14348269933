using Crm.Application.Messages;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Reads a dialog backwards, a page at a time, by the index that holds its messages in order.</summary>
internal static class SqlServerDialogPages
{
    private static readonly SqlQuery<RowOfDialog, MessagePlaceRow> FindPlace = new("""
        SELECT id AS Id, date AS Date, message_id AS MessageId FROM dbo.messages
        WHERE account_id = @AccountId AND id = @RowId AND connection_id = @ConnectionId AND dialog_id = @DialogId
        """);

    /// <summary>The range of dates is what the index is entered by; the rest is looked at.</summary>
    private static readonly SqlQuery<Page, StoredMessage> ListPage = new($"""
        SELECT TOP (@Take) {SqlServerColumns.Message} FROM dbo.messages
        WHERE account_id = @AccountId AND dialog_id = @DialogId AND date <= @Date
          AND (date < @Date OR message_id < @MessageId OR (message_id = @MessageId AND id < @Id))
          AND connection_id = @ConnectionId
        ORDER BY date DESC, message_id DESC, id DESC
        """);

    public static async Task<IReadOnlyList<MessageRow>?> ListBeforeAsync(
        SqlSession session, long connectionId, long dialogId, long? beforeRowId, int limit)
    {
        if (await session.FindAsync(SqlServerIngest.FindOwner, new ByConnection(connectionId)) is not { } owner)
        {
            return null;
        }

        var place = beforeRowId is { } rowId
            ? await session.FindAsync(FindPlace, new RowOfDialog(owner.AccountId, rowId, connectionId, dialogId))
            : MessagePlaceRow.End;
        if (place is null)
        {
            return null;
        }

        var page = new Page(owner.AccountId, connectionId, dialogId, place.Date, place.MessageId, place.Id, limit);
        var rows = await session.StreamAsync(ListPage, page, SqlServerColumns.ReadMessageAsync);
        rows.Reverse();
        return [.. rows.Select(row => row.ToRow(owner.Messenger))];
    }

    internal sealed record RowOfDialog(long AccountId, long RowId, long ConnectionId, long DialogId);

    internal sealed record Page(
        long AccountId, long ConnectionId, long DialogId, long Date, int MessageId, long Id, int Take);
}
