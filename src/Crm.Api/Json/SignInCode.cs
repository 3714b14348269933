using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Api.Json;

/// <summary>
/// A sign-in code as callers write it: a string, or a number, which has lost the code's leading zeros on the way
/// (whoever knows the code's length gives them back).
/// </summary>
[JsonConverter(typeof(SignInCodeConverter))]
public readonly record struct SignInCode(string Text)
{
    internal const string Expected = "Must be a string or a whole number that is not negative.";
}

internal sealed class SignInCodeConverter : JsonConverter<SignInCode>
{
    public override SignInCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) && number >= 0 =>
            new(number.ToString(CultureInfo.InvariantCulture)),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, SignInCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
