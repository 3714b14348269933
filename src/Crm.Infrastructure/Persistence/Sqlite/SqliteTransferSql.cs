using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Statements over the tables that move; their names come from <see cref="TransferSchema"/> alone.</summary>
internal static class SqliteTransferSql
{
    public static string Select(TransferStep step, bool isAfter)
    {
        var key = string.Join(", ", step.Key.Select(column => column.Name));
        var after = isAfter ? $" WHERE ({key}) > ({string.Join(", ", step.Key.Select((_, i) => $"@k{i}"))})" : "";
        return $"SELECT {Names(step)} FROM {step.Table.Name}{after} ORDER BY {key}";
    }

    public static string Write(TransferStep step)
    {
        if (!step.IsLate)
        {
            return $"INSERT INTO {step.Table.Name} ({Names(step)}) VALUES ({string.Join(", ", step.Columns.Select((_, i) => $"@p{i}"))})";
        }

        var places = step.Columns.Select((column, i) => (column, Set: $"{column.Name} = @p{i}")).ToList();
        var set = string.Join(", ", places.Where(place => !place.column.IsKey).Select(place => place.Set));
        return $"UPDATE {step.Table.Name} SET {set} WHERE {string.Join(" AND ", places.Where(place => place.column.IsKey).Select(place => place.Set))}";
    }

    /// <summary>A step's rows, one at a time.</summary>
    public static IEnumerable<object?[]> Read(
        SqliteConnection connection, SqliteTransaction? transaction, TransferStep step, IReadOnlyList<object>? after)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Select(step, after is not null);
        for (var i = 0; i < (after?.Count ?? 0); i++)
        {
            command.Parameters.AddWithValue($"@k{i}", after![i]);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Row(reader, step.Columns);
        }
    }

    /// <summary>The row a reader stands at.</summary>
    public static object?[] Row(SqliteDataReader reader, IReadOnlyList<TransferColumn> columns) =>
        [.. columns.Select((column, i) => Value(reader, i, column.Kind))];

    private static object? Value(SqliteDataReader reader, int i, ColumnKind kind) => reader.IsDBNull(i)
        ? null
        : kind switch
        {
            ColumnKind.Integer => reader.GetInt64(i),
            ColumnKind.Text => reader.GetString(i),
            _ => reader.GetFieldValue<byte[]>(i),
        };

    private static string Names(TransferStep step) => string.Join(", ", step.Columns.Select(column => column.Name));
}
