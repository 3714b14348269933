using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Writes many rows with one statement that is prepared once. Statements of many rows are no faster within the process, and binding
/// looks each of their hundreds of parameters up by its name.
/// </summary>
internal static class MultiRow
{
    /// <summary>
    /// Runs <c>head VALUES (…) tail</c> for each row, and hands those that were inserted to <paramref name="inserted"/> with their row ids.
    /// The connection is asked for these, which costs a fraction of what <c>RETURNING</c> does; the statement is to insert a row or nothing.
    /// </summary>
    public static void Execute<T>(
        SqliteTransaction transaction, string head, string tail, IReadOnlyList<T> rows, Func<T, object?[]> values,
        Action<T, long>? inserted = null)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var connection = transaction.Connection!;
        using var command = ((DbConnection)connection).CreateCommand();
        command.Transaction = transaction;
        var names = Enumerable.Range(0, values(rows[0]).Length).Select(i => $"@p{i}").ToList();
        command.CommandText = $"{head} VALUES ({string.Join(", ", names)}) {tail}";
        var parameters = names.ConvertAll(name => new SqliteParameter(name, DBNull.Value));
        command.Parameters.AddRange(parameters.ToArray());
        foreach (var row in rows)
        {
            Bind(parameters, values(row));
            if (command.ExecuteNonQuery() > 0)
            {
                inserted?.Invoke(row, raw.sqlite3_last_insert_rowid(connection.Handle));
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
}
