using System.Text.Json;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool;

/// <summary>One entry of the package's JSON, undone into the declaration it was made from.</summary>
internal static class JsonEntry
{
    private const string TransportPrefix = "mt_";

    public static TlDeclaration ToDeclaration(JsonElement entry) => new(
        Bare(Text(entry, "name")),
        entry.GetProperty("id").GetUInt32(),
        Items(entry, "generics").Select(generic => Text(generic, "name")).ToEquatableArray(),
        Items(entry, "arguments").Select(ToField).ToEquatableArray(),
        ToType(entry),
        Text(entry, "kind") switch
        {
            "class" => false,
            "method" => true,
            var other => throw new InvalidDataException($"Neither class nor method: {other}"),
        });

    private static TlField ToField(JsonElement argument)
    {
        var name = Text(argument, "name");
        var condition = Modifiers(argument, "predicate")?.GetString();
        if (condition is null)
        {
            return new TlField(name, ToType(argument));
        }

        var dot = condition.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && int.TryParse(condition.AsSpan(dot + 1), out var bit)
            ? new TlField(name, ToType(argument), condition[..dot], bit)
            : throw new InvalidDataException($"A condition that is no flag: {condition}");
    }

    private static TlTypeExpression ToType(JsonElement element)
    {
        var name = Text(element, "type");
        var isFunction = name.StartsWith('!');
        var type = new TlTypeExpression(Original(isFunction ? name[1..] : name), IsFunction: isFunction);
        if (Modifiers(element, "isBareVector") is not null)
        {
            return new TlTypeExpression("vector", type);
        }

        return Modifiers(element, "isVector") is null ? type : new TlTypeExpression("Vector", type);
    }

    /// <summary>The package writes <c>int53</c> for a <c>long</c> that fits a JavaScript number; the wire knows only <c>long</c>.</summary>
    private static string Original(string type) => string.Equals(type, "int53", StringComparison.Ordinal) ? "long" : Bare(type);

    private static string Bare(string name) => name.StartsWith(TransportPrefix, StringComparison.Ordinal) ? name[TransportPrefix.Length..] : name;

    private static string Text(JsonElement element, string property) =>
        element.GetProperty(property).GetString() ?? throw new InvalidDataException($"No text in {property}.");

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string property) =>
        element.TryGetProperty(property, out var items) ? items.EnumerateArray() : default;

    private static JsonElement? Modifiers(JsonElement element, string modifier) =>
        element.TryGetProperty("typeModifiers", out var modifiers) && modifiers.TryGetProperty(modifier, out var value) ? value : null;
}
