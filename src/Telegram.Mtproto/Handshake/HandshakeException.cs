namespace Telegram.Mtproto.Handshake;

/// <summary>The server did not hold to the protocol, or refused. The connection must be closed; another attempt begins anew.</summary>
/// <param name="reason">Why.</param>
public sealed class HandshakeException(HandshakeFailure reason) : Exception($"The handshake failed: {reason}.")
{
    /// <summary>Why.</summary>
    public HandshakeFailure Reason { get; } = reason;
}
