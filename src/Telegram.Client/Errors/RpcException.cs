namespace Telegram.Client;

/// <summary>
/// Telegram answered a call with <c>rpc_error</c>. The message holds the error's own words only, never anything of the request.
/// See <see href="https://core.telegram.org/api/errors"/>.
/// </summary>
/// <param name="code">The HTTP-like code: 303, 400, 401, 403, 404, 406, 420, 500 and, rarely, others.</param>
/// <param name="type">The error's name without its number: <c>FLOOD_WAIT</c> for <c>FLOOD_WAIT_31</c>.</param>
/// <param name="parameter">The number in the error's name: 31 for <c>FLOOD_WAIT_31</c>; <see langword="null"/> when there is none.</param>
public class RpcException(int code, string type, int? parameter = null)
    : Exception(parameter is { } number ? $"Telegram answered {code} {type} ({number})." : $"Telegram answered {code} {type}.")
{
    /// <summary>The HTTP-like code: 303, 400, 401, 403, 404, 406, 420, 500 and, rarely, others.</summary>
    public int Code { get; } = code;

    /// <summary>The error's name without its number, for instance <c>PHONE_CODE_INVALID</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The number in the error's name: seconds, a data centre, a part; <see langword="null"/> when there is none.</summary>
    public int? Parameter { get; } = parameter;
}
