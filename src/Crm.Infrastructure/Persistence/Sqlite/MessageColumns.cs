using System.Data;
using Crm.Application.Messages;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>The columns a message row is read from, in this order.</summary>
internal static class MessageColumns
{
    public const string List = "id, account_id, dialog_id, message_id, outgoing, text, date, edited_at, deleted_at, revisions";

    public static MessageRow Read(IDataRecord reader, string messenger) => new()
    {
        Id = reader.GetInt64(0),
        AccountId = reader.GetInt64(1),
        Messenger = messenger,
        UserId = reader.GetInt64(2),
        MessageId = reader.GetInt32(3),
        Answer = reader.GetInt32(4),
        Message = reader.GetString(5),
        Timestamp = reader.GetInt64(6),
        EditedAt = reader.IsDBNull(7) ? null : reader.GetInt64(7),
        DeletedAt = reader.IsDBNull(8) ? null : reader.GetInt64(8),
        Revisions = reader.GetInt32(9),
    };
}
