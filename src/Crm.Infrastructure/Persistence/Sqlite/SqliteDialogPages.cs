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

        using var command = connection.CreateCommand();
        command.CommandText = ListPage;
        command.Parameters.AddWithValue("@accountId", owner.AccountId);
        command.Parameters.AddWithValue("@connectionId", connectionId);
        command.Parameters.AddWithValue("@dialogId", dialogId);
        command.Parameters.AddWithValue("@date", place.Date);
        command.Parameters.AddWithValue("@messageId", place.MessageId);
        command.Parameters.AddWithValue("@id", place.Id);
        command.Parameters.AddWithValue("@limit", limit);
        using var reader = command.ExecuteReader();
        var rows = new List<MessageRow>();
        while (reader.Read())
        {
            rows.Add(MessageColumns.Read(reader, owner.Messenger));
        }

        rows.Reverse();
        return rows;
    }
}
