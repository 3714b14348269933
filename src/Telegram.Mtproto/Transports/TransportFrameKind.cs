namespace Telegram.Mtproto.Transports;

/// <summary>What a frame holds.</summary>
public enum TransportFrameKind
{
    /// <summary>A message, encrypted or not.</summary>
    Payload,

    /// <summary>The token of a message that the server received and decrypted. To clients only.</summary>
    QuickAck,

    /// <summary>An error code. To clients only; the server closes the connection after it.</summary>
    Error,
}
