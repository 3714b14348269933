using System.Text.Json;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool;

/// <summary>The schema of one layer as the data package and our supplement give it.</summary>
internal sealed record SchemaPackage(int Layer, IReadOnlyList<TlDeclaration> Api, IReadOnlyList<TlDeclaration> Mtproto)
{
    /// <summary>Combinators the package adds for its own use.</summary>
    private const string OwnNamespace = "mtcute.";

    public static SchemaPackage Read(string directory)
    {
        using var api = Open(directory, "api-schema.json");
        using var mtproto = Open(directory, "mtp-schema.json");
        return Read(api.RootElement, mtproto.RootElement, ReadSupplement());
    }

    public static SchemaPackage Read(JsonElement api, JsonElement mtproto, IReadOnlyList<TlDeclaration> supplement)
    {
        var entries = api.GetProperty("e").EnumerateArray().Select(JsonEntry.ToDeclaration);
        var transport = mtproto.EnumerateArray().Select(JsonEntry.ToDeclaration);
        var known = supplement.Select(declaration => declaration.Name).ToHashSet(StringComparer.Ordinal);
        return new SchemaPackage(
            api.GetProperty("l").GetInt32(),
            [.. entries.Where(declaration => !declaration.Name.StartsWith(OwnNamespace, StringComparison.Ordinal))],
            [.. transport.Where(declaration => !known.Contains(declaration.Name)), .. supplement]);
    }

    public static IReadOnlyList<TlDeclaration> ReadSupplement()
    {
        using var stream = typeof(SchemaPackage).Assembly.GetManifestResourceStream("supplement.tl")
            ?? throw new InvalidDataException("The supplement is not in the assembly.");
        using var reader = new StreamReader(stream);
        var schema = TlParser.Parse(reader.ReadToEnd());
        return schema.Problems.Count == 0
            ? [.. schema.Declarations]
            : throw new InvalidDataException($"supplement.tl, line {schema.Problems[0].Line + 1}: {schema.Problems[0].Message}");
    }

    private static JsonDocument Open(string directory, string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, name)));
}
