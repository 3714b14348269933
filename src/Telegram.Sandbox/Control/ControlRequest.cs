using System.Text.Json;

namespace Telegram.Sandbox.Control;

/// <summary>Reads what a request brings, with a clear word for what is wrong with it.</summary>
internal static class ControlRequest
{
    /// <summary>The body.</summary>
    /// <exception cref="ControlException">The body is no JSON, or not the JSON that is wanted.</exception>
    public static async Task<T> ReadBodyAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ControlException(StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json.");
        }

        try
        {
            return await context.Request.ReadFromJsonAsync<T>(ControlJson.Options, context.RequestAborted)
                ?? throw ControlException.BadRequest("The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    public static ControlException Unreadable(JsonException e) =>
        ControlException.BadRequest($"The body can't be read{Where(e)}: {Reason(e)}");

    /// <summary>A parameter of the query.</summary>
    /// <exception cref="ControlException">The parameter is missing.</exception>
    public static string Query(HttpContext context, string name) =>
        context.Request.Query[name] is [{ Length: > 0 } value] ? value : throw ControlException.BadRequest($"{name} is required, once.");

    /// <summary>A parameter of the query that is a whole number.</summary>
    /// <exception cref="ControlException">The parameter is missing or no number.</exception>
    public static long QueryId(HttpContext context, string name) =>
        long.TryParse(Query(context, name), out var id) ? id : throw ControlException.BadRequest($"{name} must be a whole number.");

    /// <summary>A parameter of the query that is a message's id.</summary>
    /// <exception cref="ControlException">The parameter is missing or no such number.</exception>
    public static int QueryMessageId(HttpContext context, string name) =>
        int.TryParse(Query(context, name), out var id) ? id : throw ControlException.BadRequest($"{name} must be a whole number of 32 bits.");

    private static string Where(JsonException e) => string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $" at {e.Path}";

    // The serializer's message ends with the path and names .NET types; its first sentence is what a caller can use.
    private static string Reason(JsonException e) => e.InnerException is JsonException or FormatException
        ? "not valid JSON of the type that is wanted here."
        : e.Message.Split(" Path:", 2)[0];
}
