using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary><see href="https://core.telegram.org/mtproto/mtproto-transports#intermediate">The intermediate transport</see>, and what the padded one shares with it.</summary>
internal class IntermediateCodec : TransportCodec
{
    private protected const uint QuickAckBit = 0x80000000;
    private protected const int HeaderLength = sizeof(uint);

    public IntermediateCodec(TransportSide side)
        : this(TransportKind.Intermediate, side)
    {
    }

    private protected IntermediateCodec(TransportKind kind, TransportSide side)
        : base(kind, side)
    {
    }

    public override ReadOnlySpan<byte> Preamble => [0xEE, 0xEE, 0xEE, 0xEE];

    public override bool TryRead(ref ReadOnlySequence<byte> buffer, out TransportFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (!TryPeek(in buffer, header))
        {
            return false;
        }

        var word = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var isMarked = (word & QuickAckBit) != 0;
        if (isMarked && Side == TransportSide.Client)
        {
            frame = TransportFrame.ForQuickAck(word);
            buffer = buffer.Slice(HeaderLength);
            return true;
        }

        var length = (int)(word & ~QuickAckBit);
        CheckLength(length);
        if (!TryTake(ref buffer, HeaderLength, length, out var payload))
        {
            return false;
        }

        frame = Open(in payload, isMarked);
        return true;
    }

    public override void WriteQuickAck(IBufferWriter<byte> output, uint token)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteWord(output, token);
    }

    private protected virtual TransportFrame Open(in ReadOnlySequence<byte> payload, bool quickAckRequested) => ToFrame(in payload, quickAckRequested);

    private protected override void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck)
    {
        WriteWord(output, (uint)payload.Length | (requestQuickAck ? QuickAckBit : 0));
        output.Write(payload);
    }

    private protected static void WriteWord(IBufferWriter<byte> output, uint word)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), word);
        output.Advance(sizeof(uint));
    }
}
