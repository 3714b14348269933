using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Api.Tests.Support;

/// <summary>
/// Holds JSON against the part of JSON Schema that the document uses. Stricter in one thing: a field that no schema names is wrong.
/// </summary>
internal sealed class SchemaCheck(JsonObject components)
{
    private const string Reference = "#/components/schemas/";

    /// <summary>What does not fit, each with its place.</summary>
    public IEnumerable<string> Check(JsonNode schema, JsonNode? value, string place = "$")
    {
        var unknown = value is JsonObject fields && Names(schema) is { } names ? fields.Select(field => field.Key).Except(names) : [];
        return unknown.Select(name => $"{place}.{name} is not documented").Concat(CheckParts(schema, value, place));
    }

    private IEnumerable<string> CheckParts(JsonNode schema, JsonNode? value, string place)
    {
        if (Resolve(schema) is { } target)
        {
            return CheckParts(target, value, place);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return CheckChoice(schema, choices, value, place);
        }

        var parts = schema["allOf"]?.AsArray().SelectMany(part => CheckParts(part!, value, place)) ?? [];
        if (schema["anyOf"] is JsonArray any && !any.Any(part => !CheckParts(part!, value, place).Any()))
        {
            parts = parts.Append($"{place} fits none of the alternatives");
        }

        return parts.Concat(CheckValue(schema, value, place));
    }

    private IEnumerable<string> CheckChoice(JsonNode schema, JsonArray choices, JsonNode? value, string place)
    {
        if (schema["discriminator"] is not { } discriminator)
        {
            return choices.Count(choice => !Check(choice!, value, place).Any()) == 1 ? [] : [$"{place} fits not exactly one of the alternatives"];
        }

        var kind = (string?)value?[(string)discriminator["propertyName"]!] ?? "";
        return (string?)discriminator["mapping"]![kind] is { } choice
            ? Check(components[choice[Reference.Length..]]!, value, place)
            : [$"{place} is of a kind that is not documented: {kind}"];
    }

    private IEnumerable<string> CheckValue(JsonNode schema, JsonNode? value, string place)
    {
        if (schema["type"] is { } type && !Types(type).Contains(KindOf(value)) && !(KindOf(value) == "integer" && Types(type).Contains("number")))
        {
            return [$"{place} is {KindOf(value)} and not {type.ToJsonString()}"];
        }

        if (schema["enum"] is JsonArray values && !values.Any(one => JsonNode.DeepEquals(one, value)))
        {
            return [$"{place} is {value?.ToJsonString() ?? "null"} and not one of {values.ToJsonString()}"];
        }

        return value switch
        {
            JsonObject fields => CheckFields(schema, fields, place),
            JsonArray items when schema["items"] is { } item => items.SelectMany((one, index) => Check(item, one, $"{place}[{index}]")),
            _ => CheckBounds(schema, value, place),
        };
    }

    private IEnumerable<string> CheckFields(JsonNode schema, JsonObject fields, string place)
    {
        var missing = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !fields.ContainsKey(name));
        var wrong = fields.SelectMany(field =>
            (schema["properties"]?[field.Key] ?? schema["additionalProperties"]) is JsonObject one
                ? Check(one, field.Value, $"{place}.{field.Key}")
                : []);
        return missing.Select(name => $"{place}.{name} is missing").Concat(wrong);
    }

    private static IEnumerable<string> CheckBounds(JsonNode schema, JsonNode? value, string place)
    {
        if (KindOf(value) is "integer" or "number")
        {
            var number = value!.GetValue<JsonElement>().GetDecimal();
            if (number < Bound(schema, "minimum", decimal.MinValue) || number > Bound(schema, "maximum", decimal.MaxValue))
            {
                yield return $"{place} is out of bounds: {number.ToString(CultureInfo.InvariantCulture)}";
            }
        }
        else if (KindOf(value) == "string" && ((string)value!).Length is var length
            && (length < Bound(schema, "minLength", 0) || length > Bound(schema, "maxLength", int.MaxValue)))
        {
            yield return $"{place} has a length out of bounds: {length}";
        }
    }

    /// <summary>The fields a schema names; null when it takes any.</summary>
    private IEnumerable<string>? Names(JsonNode schema)
    {
        if (Resolve(schema) is { } target)
        {
            return Names(target);
        }

        var own = schema["properties"]?.AsObject().Select(property => property.Key);
        var parts = schema["allOf"]?.AsArray().Select(part => Names(part!)).Where(names => names is not null).SelectMany(names => names!).ToList();
        return schema["additionalProperties"] is not null || (own is null && parts is not { Count: > 0 }) ? null : (own ?? []).Concat(parts ?? []);
    }

    private JsonNode? Resolve(JsonNode schema) => (string?)schema["$ref"] is { } reference ? components[reference[Reference.Length..]]! : null;

    private static decimal Bound(JsonNode schema, string name, decimal none) =>
        schema[name] is { } bound ? decimal.Parse(bound.ToString(), NumberStyles.Any, CultureInfo.InvariantCulture) : none;

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetValue<JsonElement>().TryGetInt64(out _) ? "integer" : "number",
        _ => "boolean",
    };
}
