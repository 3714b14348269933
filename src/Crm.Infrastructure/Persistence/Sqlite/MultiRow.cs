using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Writes many rows with one statement that is prepared once. Statements of many rows are no faster within the process, and binding
/// looks each of their hundreds of parameters up by its name.
/// </summary>
internal static class MultiRow
{
    /// <summary>Runs <c>head VALUES (…) tail</c> for each row, and hands what the statement returns to <paramref name="read"/>.</summary>
    public static void Execute<T>(
        SqliteTransaction transaction, string head, string tail, IReadOnlyList<T> rows, Func<T, object?[]> values,
        Action<SqliteDataReader>? read = null)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var names = Enumerable.Range(0, values(rows[0]).Length).Select(i => $"@p{i}").ToList();
        command.CommandText = $"{head} VALUES ({string.Join(", ", names)}) {tail}";
        var parameters = names.ConvertAll(name => command.Parameters.AddWithValue(name, DBNull.Value));
        foreach (var row in rows)
        {
            Bind(parameters, values(row));
            if (read is null)
            {
                command.ExecuteNonQuery();
            }
            else
            {
                Read(command, read);
            }
        }
    }

    private static void Bind(List<SqliteParameter> parameters, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private static void Read(SqliteCommand command, Action<SqliteDataReader> read)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            read(reader);
        }
    }
}
