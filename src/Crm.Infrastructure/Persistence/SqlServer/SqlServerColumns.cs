using System.Data.Common;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Rows that are read as they come: each column once, in the order in which the statements name them.</summary>
internal static class SqlServerColumns
{
    public const string Message = """
        id AS Id, account_id AS AccountId, connection_id AS ConnectionId, dialog_id AS DialogId, message_id AS MessageId,
        outgoing AS Outgoing, text AS Text, date AS Date, edited_at AS EditedAt, deleted_at AS DeletedAt, revisions AS Revisions
        """;

    public const string Event = """
        id AS Id, account_id AS AccountId, connection_id AS ConnectionId, type AS Type, message_row_id AS MessageRowId, data AS Data,
        created_ms AS CreatedMs
        """;

    public static async ValueTask<StoredMessage> ReadMessageAsync(DbDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        AccountId = reader.GetInt64(1),
        ConnectionId = reader.GetInt64(2),
        DialogId = reader.GetInt64(3),
        MessageId = reader.GetInt32(4),
        Outgoing = reader.GetBoolean(5),
        Text = await reader.GetFieldValueAsync<string>(6),
        Date = reader.GetInt64(7),
        EditedAt = FindInt64(reader, 8),
        DeletedAt = FindInt64(reader, 9),
        Revisions = reader.GetInt32(10),
    };

    public static async ValueTask<EventRow> ReadEventAsync(DbDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        AccountId = reader.GetInt64(1),
        ConnectionId = reader.GetInt64(2),
        Type = reader.GetString(3),
        MessageRowId = FindInt64(reader, 4),
        Data = await reader.GetFieldValueAsync<string>(5),
        CreatedMs = reader.GetInt64(6),
    };

    private static long? FindInt64(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
