using System.Text;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Writes many rows with few statements.</summary>
internal static class MultiRow
{
    internal const int RowsPerStatement = 100;

    /// <summary>Runs <c>head VALUES (…), (…) tail</c> over all rows, and hands each row the statement returns to <paramref name="read"/>.</summary>
    public static void Execute<T>(
        SqliteTransaction transaction, string head, string tail, IReadOnlyList<T> rows, Func<T, object?[]> values,
        Action<SqliteDataReader>? read = null)
    {
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            var text = new StringBuilder(head).Append(" VALUES ");
            foreach (var row in chunk)
            {
                AppendRow(command, text, values(row));
            }

            command.CommandText = text.Append(' ').Append(tail).ToString();
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                read?.Invoke(reader);
            }
        }
    }

    private static void AppendRow(SqliteCommand command, StringBuilder text, object?[] values)
    {
        text.Append(command.Parameters.Count == 0 ? "(" : ", (");
        for (var i = 0; i < values.Length; i++)
        {
            var name = $"@p{command.Parameters.Count}";
            text.Append(i == 0 ? "" : ", ").Append(name);
            command.Parameters.AddWithValue(name, values[i] ?? DBNull.Value);
        }

        text.Append(')');
    }
}
