using System.Text.Json;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>A position in a table: the last row's values of the columns it is read in order of, as a JSON array.</summary>
internal static class KeyPosition
{
    public static string Write(TransferStep step, IEnumerable<TransferColumn> order, object?[] row) =>
        JsonSerializer.Serialize(order.Select(column => row[step.IndexOf(column)]));

    /// <summary>Those values; null for a position before the first row.</summary>
    public static IReadOnlyList<object>? Read(IEnumerable<TransferColumn> order, string? position)
    {
        if (position is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(position);
        return
        [
            .. document.RootElement.EnumerateArray().Zip(order, static (value, column) =>
                column.Kind is ColumnKind.Integer ? (object)value.GetInt64() : value.GetString()!),
        ];
    }
}
