using Crm.Application.Messages;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>The columns a message row is read from, in this order.</summary>
internal static class MessageColumns
{
    public const string List = "id, account_id, dialog_id, message_id, outgoing, text, date, edited_at, deleted_at, revisions";

    /// <summary>
    /// The row where the reader stands. The statement itself is asked: the reader looks before each value whether it is there, which
    /// took a quarter of the time, and the schema lets only two of these be missing.
    /// </summary>
    public static MessageRow Read(SqliteDataReader reader, string messenger)
    {
        var row = reader.Handle!;
        return new MessageRow
        {
            Id = sqlite3_column_int64(row, 0),
            AccountId = sqlite3_column_int64(row, 1),
            Messenger = messenger,
            UserId = sqlite3_column_int64(row, 2),
            MessageId = sqlite3_column_int(row, 3),
            Answer = sqlite3_column_int(row, 4),
            Message = sqlite3_column_text(row, 5).utf8_to_string() ?? "",
            Timestamp = sqlite3_column_int64(row, 6),
            EditedAt = ReadTime(row, 7),
            DeletedAt = ReadTime(row, 8),
            Revisions = sqlite3_column_int(row, 9),
        };
    }

    /// <summary>All rows of a statement that selects these columns.</summary>
    public static List<MessageRow> Query(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, object parameters, string messenger)
    {
        using var wrapped = (IWrappedDataReader)connection.ExecuteReader(sql, parameters, transaction);
        var reader = (SqliteDataReader)wrapped.Reader;
        var rows = new List<MessageRow>();
        while (reader.Read())
        {
            rows.Add(Read(reader, messenger));
        }

        return rows;
    }

    private static long? ReadTime(sqlite3_stmt row, int column) =>
        sqlite3_column_type(row, column) is SQLITE_NULL ? null : sqlite3_column_int64(row, column);
}
