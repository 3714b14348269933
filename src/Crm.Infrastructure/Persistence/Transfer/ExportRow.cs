using System.Text.Json;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>A row as a line of an export: <c>{"table":"…","row":{…}}</c>, bytes in base64.</summary>
internal static class ExportRow
{
    private const int LongestName = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    private static readonly Dictionary<string, TransferTable> Tables =
        TransferSchema.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);

    public static void Write(Utf8JsonWriter writer, TransferTable table, IReadOnlyList<object?> values)
    {
        writer.WriteStartObject();
        writer.WriteString("table", table.Name);
        writer.WriteStartObject("row");
        foreach (var (column, value) in table.Columns.Zip(values))
        {
            writer.WritePropertyName(column.Name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads a line; its values are in the order of the table's columns.</summary>
    public static (TransferTable Table, object?[] Values) Read(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Also what the reader throws for text that isn't UTF-8. Its words may repeat the line's.
            throw new TransferException($"Line {number}: it is no row of an export: {Reason(exception)}.", exception);
        }
    }

    private static (TransferTable Table, object?[] Values) Read(JsonElement line)
    {
        if (line.ValueKind is not JsonValueKind.Object || line.GetPropertyCount() != 2
            || !line.TryGetProperty("table", out var name) || !line.TryGetProperty("row", out var row))
        {
            throw new FormatException("it must be an object with table and row");
        }

        if (name.ValueKind is not JsonValueKind.String || !Tables.TryGetValue(name.GetString()!, out var table))
        {
            throw new FormatException("its table is unknown");
        }

        if (row.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException("its row is no object");
        }

        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.TryGetProperty(table.Columns[i].Name, out var value)
                ? ReadValue(value, table.Columns[i])
                : throw new FormatException($"{table.Name} lacks {table.Columns[i].Name}");
        }

        return row.GetPropertyCount() == values.Length ? (table, values) : throw new FormatException($"{table.Name} has a column that is unknown{Unknown(table, row)}");
    }

    private static object? ReadValue(JsonElement value, TransferColumn column) => (value.ValueKind, column.Kind) switch
    {
        (JsonValueKind.Null, _) when column.IsNullable => null,
        (JsonValueKind.Number, ColumnKind.Integer) when value.TryGetInt64(out var number) => number,
        (JsonValueKind.String, ColumnKind.Text) => value.GetString(),
        (JsonValueKind.String, ColumnKind.Binary) when value.TryGetBytesFromBase64(out var bytes) => bytes,
        _ => throw new FormatException($"{column.Name} must be {Expected(column)}"),
    };

    private static string Expected(TransferColumn column) => column.Kind switch
    {
        ColumnKind.Integer => "a whole number of 64 bits",
        ColumnKind.Text => "a string",
        _ => "a string of base64",
    }
    + (column.IsNullable ? " or null" : "");

    /// <summary>The name is repeated where it looks like one: anything else may be what nobody should read.</summary>
    private static string Unknown(TransferTable table, JsonElement row)
    {
        var known = table.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var name = row.EnumerateObject().Select(property => property.Name).First(name => !known.Contains(name));
        return name.Length <= LongestName && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? $": {name}" : "";
    }

    private static string Reason(Exception exception) => exception is FormatException ? exception.Message : "it is no JSON, or has a property twice";

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteBase64StringValue((byte[])value);
                break;
        }
    }
}
