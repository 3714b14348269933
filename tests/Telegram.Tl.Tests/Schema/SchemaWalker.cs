using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Telegram.Tl.Tests.Schema;

/// <summary>
/// A second reader of TL, straight from the text of the .tl files and sharing no code with the generator: it turns bytes into
/// lines such as <c>.Users[0].FirstName=x</c>, to be compared with what the generated classes hold.
/// </summary>
internal sealed partial class SchemaWalker
{
    private static readonly Dictionary<uint, Combinator> ById = Load();
    private static readonly Dictionary<string, Combinator> ByName = ById.Values.GroupBy(item => item.Name).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    private static readonly Dictionary<string, Combinator> ByType = ById.Values.Reverse().GroupBy(item => item.Type).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private readonly List<string> _lines = [];
    private readonly byte[] _bytes;
    private int _position;

    private SchemaWalker(byte[] bytes) => _bytes = bytes;

    public static int CombinatorCount => ById.Count;

    public static List<string> Walk(byte[] bytes)
    {
        var walker = new SchemaWalker(bytes);
        walker.Boxed("", expected: null);
        return walker._position == bytes.Length ? walker._lines : throw new InvalidDataException($"{bytes.Length - walker._position} bytes remain.");
    }

    public static string Pascal(string name) => NameParts().Replace(name, match => match.Groups["letter"].Value.ToUpperInvariant());

    private static Dictionary<uint, Combinator> Load() => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Schema"), "*.tl")
        .SelectMany(File.ReadLines)
        .Select(line => Declaration().Match(line))
        .Where(match => match.Success)
        .Select(match => new Combinator(
            match.Groups["name"].Value,
            uint.Parse(match.Groups["id"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            match.Groups["type"].Value,
            [.. match.Groups["fields"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(field => field[0] != '{').Select(field => field.Split(':'))]))
        .ToDictionary(item => item.Id);

    [GeneratedRegex(@"^(?<name>[\w.]+)#(?<id>[0-9a-f]+)(?<fields>.*) = (?<type>[^;]+);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(^|[._])(?<letter>\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameParts();

    private void Boxed(string path, string? expected)
    {
        var id = (uint)Int();
        if (!ById.TryGetValue(id, out var item) || (expected is not null && item.Type != expected))
        {
            throw new InvalidDataException($"{id:x8} is no {expected} at {path}");
        }

        Bare(path, item);
    }

    private void Bare(string path, Combinator item)
    {
        _lines.Add($"{path}#{Pascal(item.Name)}");
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, declared) in item.Fields.Select(field => (field[0], field[1])))
        {
            var type = declared;
            if (type == "#")
            {
                words[name] = Int();
                continue;
            }

            var mark = type.IndexOf('?', StringComparison.Ordinal);
            if (mark > 0)
            {
                var condition = type[..mark].Split('.');
                type = type[(mark + 1)..];
                if ((words[condition[0]] >> int.Parse(condition[1], CultureInfo.InvariantCulture) & 1) == 0)
                {
                    continue;
                }
            }

            Value($"{path}.{Pascal(name)}", type);
        }
    }

    private void Value(string path, string type)
    {
        switch (type)
        {
            case "true": Line(path, true); break;
            case "int": Line(path, Int()); break;
            case "long": Line(path, BinaryPrimitives.ReadInt64LittleEndian(Take(8))); break;
            case "double": Line(path, BinaryPrimitives.ReadDoubleLittleEndian(Take(8))); break;
            case "int128": Line(path, Convert.ToHexString(Take(16))); break;
            case "int256": Line(path, Convert.ToHexString(Take(32))); break;
            case "Bool": Line(path, Int() == unchecked((int)0x997275b5)); break;
            case "string": Line(path, Encoding.UTF8.GetString(Blob())); break;
            case "bytes": Line(path, Convert.ToHexString(Blob())); break;
            case "Object": Line(path, Convert.ToHexString(Take(_bytes.Length - _position))); break;
            case "!X": Boxed(path, expected: null); break;
            case var _ when type.StartsWith("Vector<", StringComparison.Ordinal):
                if (Int() != 0x1cb5c415)
                {
                    throw new InvalidDataException("No vector at " + path);
                }

                Vector(path, type);
                break;
            case var _ when type.StartsWith("vector<", StringComparison.Ordinal): Vector(path, type); break;
            case var _ when type[0] == '%': Bare(path, ByType[type[1..]]); break;
            case var _ when char.IsLower(type[0]) && ByName.TryGetValue(type, out var bare): Bare(path, bare); break;
            default: Boxed(path, type); break;
        }
    }

    private void Vector(string path, string type)
    {
        var count = Int();
        for (var i = 0; i < count; i++)
        {
            Value($"{path}[{i}]", type[7..^1]);
        }
    }

    private ReadOnlySpan<byte> Blob()
    {
        var start = _position;
        int length = Take(1)[0];
        if (length == 254)
        {
            var rest = Take(3);
            length = rest[0] | (rest[1] << 8) | (rest[2] << 16);
        }

        var blob = Take(length);
        Take((4 - ((_position - start) % 4)) % 4);
        return blob;
    }

    private int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private ReadOnlySpan<byte> Take(int count) => _bytes.AsSpan((_position += count) - count, count);

    private void Line(string path, object value) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{path}={value}"));

    private sealed record Combinator(string Name, uint Id, string Type, string[][] Fields);
}
