using System.Text.Json;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>A position in a table: the last row's key, as a JSON array.</summary>
internal static class KeyPosition
{
    public static string Write(TransferStep step, object?[] row) => JsonSerializer.Serialize(step.KeyOf(row));

    /// <summary>The key's values; null for a position before the first row.</summary>
    public static IReadOnlyList<object>? Read(TransferStep step, string? position)
    {
        if (position is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(position);
        return
        [
            .. document.RootElement.EnumerateArray().Zip(step.Key, static (value, column) =>
                column.Kind is ColumnKind.Integer ? (object)value.GetInt64() : value.GetString()!),
        ];
    }
}
