using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Telegram.Sandbox.Faults;

namespace Telegram.Sandbox.Control;

/// <summary>Reads the body of <c>POST /faults</c>.</summary>
internal static class FaultBody
{
    private static readonly string[] Kinds =
        [.. typeof(Fault).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(one => (string)one.TypeDiscriminator!)];

    /// <summary>The fault that is asked for.</summary>
    /// <exception cref="ControlException">It is none, or something is missing or of the wrong type.</exception>
    public static Fault Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ControlException.BadRequest("The body must be a JSON object.");
        }

        if (!body.TryGetProperty("kind", out var kind) || kind.ValueKind != JsonValueKind.String || !Kinds.Contains(kind.GetString()))
        {
            throw ControlException.BadRequest($"kind must be one of {string.Join(", ", Kinds)}.");
        }

        try
        {
            return body.Deserialize<Fault>(ControlJson.Options)!;
        }
        catch (JsonException e)
        {
            throw ControlRequest.Unreadable(e);
        }
    }
}
