using Crm.Application.Messages;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Reads a dialog backwards, a page at a time, by the index that holds its messages in order.</summary>
internal static class SqliteDialogPages
{
    private const string FindPlace = """
        SELECT id AS Id, date AS Date, message_id AS MessageId FROM messages
        WHERE id = @beforeRowId AND connection_id = @connectionId AND dialog_id = @dialogId
        """;

    private const string ListPage = $"""
        SELECT {MessageColumns.List} FROM messages
        WHERE account_id = @accountId AND dialog_id = @dialogId AND (date, message_id, id) < (@date, @messageId, @id)
          AND connection_id = @connectionId
        ORDER BY date DESC, message_id DESC, id DESC LIMIT @limit
        """;

    public static IReadOnlyList<MessageRow>? ListBefore(
        SqliteConnection connection, long connectionId, long dialogId, long? beforeRowId, int limit)
    {
        var owner = connection.QuerySingleOrDefault<MessageOwnerRow>(SqliteIngest.FindOwner, new { ConnectionId = connectionId });
        var place = beforeRowId is null
            ? MessagePlaceRow.End
            : connection.QuerySingleOrDefault<MessagePlaceRow>(FindPlace, new { beforeRowId, connectionId, dialogId });
        if (owner is null || place is null)
        {
            return null;
        }

        var rows = MessageColumns.Query(
            connection,
            transaction: null,
            ListPage,
            new { accountId = owner.AccountId, connectionId, dialogId, date = place.Date, messageId = place.MessageId, id = place.Id, limit },
            owner.Messenger);
        rows.Reverse();
        return rows;
    }
}
