namespace Telegram.Sandbox.Control;

/// <summary>A request that can't be served; the message goes to whoever asked.</summary>
internal sealed class ControlException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static ControlException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);
}
