using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telegram.Sandbox.World;

[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    public static JournalJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,

        // Nothing here ends up in HTML, and people read this file.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
