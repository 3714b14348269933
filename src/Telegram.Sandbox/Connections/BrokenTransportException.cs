namespace Telegram.Sandbox.Connections;

/// <summary>A connection that can't be read any further.</summary>
internal sealed class BrokenTransportException(string reason) : Exception("The connection can't be read.")
{
    /// <summary>What it is counted as.</summary>
    public string Reason { get; } = reason;
}
