using System.Globalization;
using System.Text.Json;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>The first line of an export.</summary>
/// <param name="Id">Unlike any other export's.</param>
/// <param name="Rows">How many lines each table has.</param>
/// <param name="Sequences">The newest id each table with ids of its own ever gave.</param>
internal sealed record ExportHeader(string Id, IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, long> Sequences)
{
    /// <summary>How lines are written.</summary>
    public const int Format = 1;

    private const int IdLength = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 3, AllowDuplicateProperties = false };

    public static void Write(Utf8JsonWriter writer, ExportHeader header, DateTimeOffset time)
    {
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteNumber("schema", TransferSchema.Version);
        writer.WriteString("time", time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("id", header.Id);
        Write(writer, "rows", header.Rows);
        Write(writer, "sequences", header.Sequences);
        writer.WriteEndObject();
    }

    public static ExportHeader Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var root = document.RootElement;
            Require(root, "format", Format);
            Require(root, "schema", TransferSchema.Version);
            var id = root.GetProperty("id").GetString();
            return id is { Length: IdLength }
                ? new ExportHeader(id, ReadNumbers(root, "rows"), ReadNumbers(root, "sequences"))
                : throw Refused("its id is wrong");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Refused("it is no header of an export", exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> numbers)
    {
        writer.WriteStartObject(name);
        foreach (var (table, number) in numbers)
        {
            writer.WriteNumber(table, number);
        }

        writer.WriteEndObject();
    }

    private static void Require(JsonElement root, string name, int known)
    {
        if (root.GetProperty(name).GetInt32() is var found && found != known)
        {
            throw Refused($"its {name} is {found}, this program knows {known}");
        }
    }

    private static Dictionary<string, long> ReadNumbers(JsonElement root, string name)
    {
        var numbers = root.GetProperty(name).EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.GetInt64(), StringComparer.Ordinal);
        return numbers.All(number => number.Value >= 0 && TransferSchema.Tables.Any(table => table.Name == number.Key))
            ? numbers
            : throw Refused($"{name} has a table that is unknown or a number that is negative");
    }

    private static TransferException Refused(string problem, Exception? reason = null) => new($"Line 1: {problem}.", reason);
}
