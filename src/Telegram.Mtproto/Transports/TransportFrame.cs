using System.Buffers;
using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Transports;

/// <summary>One frame of a stream. Its payload lies in the buffer it was read from.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TransportFrame
{
    private TransportFrame(TransportFrameKind kind, ReadOnlySequence<byte> payload, bool quickAckRequested, uint quickAckToken, int errorCode)
    {
        Kind = kind;
        Payload = payload;
        QuickAckRequested = quickAckRequested;
        QuickAckToken = quickAckToken;
        ErrorCode = errorCode;
    }

    /// <summary>What the frame holds.</summary>
    public TransportFrameKind Kind { get; }

    /// <summary>The message, without the transport's padding; empty unless the frame holds one.</summary>
    public ReadOnlySequence<byte> Payload { get; }

    /// <summary>Whether the client asks for a quick acknowledgement of the message.</summary>
    public bool QuickAckRequested { get; }

    /// <summary>The token of the acknowledged message, its highest bit set; 0 unless the frame holds one.</summary>
    public uint QuickAckToken { get; }

    /// <summary>The error's negative code (<see cref="TransportErrorCodes"/>); 0 unless the frame holds one.</summary>
    public int ErrorCode { get; }

    internal static TransportFrame ForPayload(ReadOnlySequence<byte> payload, bool quickAckRequested) =>
        new(TransportFrameKind.Payload, payload, quickAckRequested, 0, 0);

    internal static TransportFrame ForQuickAck(uint token) => new(TransportFrameKind.QuickAck, default, quickAckRequested: false, token, 0);

    internal static TransportFrame ForError(int code) => new(TransportFrameKind.Error, default, quickAckRequested: false, 0, code);
}
