using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary>Reads and writes the frames of one connection. Allocates nothing per frame; not for use by two threads at once.</summary>
/// <remarks>Reading and writing do not disturb each other. <see href="https://core.telegram.org/mtproto/mtproto-transports"/>.</remarks>
public abstract class TransportCodec
{
    /// <summary>The longest frame that is accepted unless said otherwise, in bytes.</summary>
    public const int DefaultMaxFrameLength = 16 << 20;

    /// <summary>What a server may accept from a client that has not shown a valid message yet, in bytes.</summary>
    public const int UnauthenticatedMaxFrameLength = 1 << 20;

    /// <summary>A payload of this length that a client receives is an error code.</summary>
    protected const int ErrorLength = sizeof(int);

    private protected TransportCodec(TransportKind kind, TransportSide side) => (Kind, Side) = (kind, side);

    /// <summary>Which transport this is.</summary>
    public TransportKind Kind { get; }

    /// <summary>Which end of the connection this is.</summary>
    public TransportSide Side { get; }

    /// <summary>The longest frame that is accepted, in bytes of payload and padding. A declared length beyond it is refused before anything is awaited.</summary>
    public int MaxFrameLength { get; set; } = DefaultMaxFrameLength;

    /// <summary>Whether the transport knows quick acknowledgements.</summary>
    public virtual bool SupportsQuickAck => true;

    /// <summary>What a client sends before its first frame on a connection that is not obfuscated.</summary>
    public abstract ReadOnlySpan<byte> Preamble { get; }

    /// <summary>Creates the codec of a new connection.</summary>
    /// <param name="kind">The transport.</param>
    /// <param name="side">The end of the connection.</param>
    /// <param name="random">Gives padding, where the transport pads.</param>
    public static TransportCodec Create(TransportKind kind, TransportSide side, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return kind switch
        {
            TransportKind.Abridged => new AbridgedCodec(side),
            TransportKind.Intermediate => new IntermediateCodec(side),
            TransportKind.PaddedIntermediate => new PaddedIntermediateCodec(side, random),
            TransportKind.Full => new FullCodec(side),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="buffer">What has arrived; moved past the frame if there is one, else left as it is.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>False if more has to arrive first.</returns>
    /// <exception cref="TransportException">What arrived is no frame.</exception>
    public abstract bool TryRead(ref ReadOnlySequence<byte> buffer, out TransportFrame frame);

    /// <summary>Writes a message.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="payload">The message: not empty, a multiple of 4 bytes, at most 16 MiB.</param>
    /// <param name="requestQuickAck">Whether the server shall acknowledge it quickly. For clients, where <see cref="SupportsQuickAck"/>.</param>
    /// <exception cref="ArgumentException">The payload's length is impossible.</exception>
    /// <exception cref="NotSupportedException">The transport has no quick acknowledgements.</exception>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (payload.Length is 0 or > DefaultMaxFrameLength || payload.Length % 4 != 0)
        {
            throw new ArgumentException("A message has a positive number of bytes, a multiple of 4, at most 16 MiB.", nameof(payload));
        }

        if (requestQuickAck && !SupportsQuickAck)
        {
            throw new NotSupportedException("This transport has no quick acknowledgements.");
        }

        WriteFrame(output, payload, requestQuickAck);
    }

    /// <summary>Writes an error code in place of a message. For servers.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="code">A negative number, such as those of <see cref="TransportErrorCodes"/>.</param>
    public virtual void WriteError(IBufferWriter<byte> output, int code)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, 0);
        Span<byte> payload = stackalloc byte[ErrorLength];
        BinaryPrimitives.WriteInt32LittleEndian(payload, code);
        WriteFrame(output, payload, requestQuickAck: false);
    }

    /// <summary>Writes the acknowledgement of a message for which <see cref="TransportFrame.QuickAckRequested"/> was set. For servers.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="token">The message's token, its highest bit set.</param>
    /// <exception cref="NotSupportedException">The transport has no quick acknowledgements.</exception>
    public abstract void WriteQuickAck(IBufferWriter<byte> output, uint token);

    /// <summary>Writes a frame whose payload was checked.</summary>
    private protected abstract void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck);

    /// <summary>Copies the first bytes of the buffer; false if there are not as many.</summary>
    private protected static bool TryPeek(in ReadOnlySequence<byte> buffer, Span<byte> destination)
    {
        var first = buffer.FirstSpan;
        if (first.Length >= destination.Length)
        {
            first[..destination.Length].CopyTo(destination);
            return true;
        }

        if (buffer.Length < destination.Length)
        {
            return false;
        }

        buffer.Slice(0, destination.Length).CopyTo(destination);
        return true;
    }

    /// <summary>Refuses a declared length before anything is awaited on its account.</summary>
    private protected void CheckLength(int length)
    {
        if (length == 0)
        {
            throw new TransportException(TransportFault.FrameEmpty);
        }

        if (length > MaxFrameLength)
        {
            throw new TransportException(TransportFault.FrameTooLong);
        }
    }

    /// <summary>Cuts a payload out of the buffer; false if it has not arrived whole.</summary>
    private protected static bool TryTake(ref ReadOnlySequence<byte> buffer, int headerLength, int length, out ReadOnlySequence<byte> payload)
    {
        if (buffer.Length < (long)headerLength + length)
        {
            payload = default;
            return false;
        }

        payload = buffer.Slice(headerLength, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }

    /// <summary>A payload as a frame: for a client one of 4 bytes below zero is an error.</summary>
    private protected TransportFrame ToFrame(in ReadOnlySequence<byte> payload, bool quickAckRequested)
    {
        if (Side == TransportSide.Client && payload.Length == ErrorLength)
        {
            Span<byte> code = stackalloc byte[ErrorLength];
            payload.CopyTo(code);
            if (BinaryPrimitives.ReadInt32LittleEndian(code) is < 0 and var error)
            {
                return TransportFrame.ForError(error);
            }
        }

        return TransportFrame.ForPayload(payload, quickAckRequested);
    }
}
