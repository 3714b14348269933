using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary><see href="https://core.telegram.org/mtproto/mtproto-transports#abridged">The abridged transport</see>.</summary>
internal sealed class AbridgedCodec(TransportSide side) : TransportCodec(TransportKind.Abridged, side)
{
    private const byte LongForm = 0x7F;
    private const byte QuickAckBit = 0x80;

    public override ReadOnlySpan<byte> Preamble => [0xEF];

    public override bool TryRead(ref ReadOnlySequence<byte> buffer, out TransportFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[4];
        if (!TryPeek(in buffer, header[..1]))
        {
            return false;
        }

        var isMarked = (header[0] & QuickAckBit) != 0;
        var isAck = isMarked && Side == TransportSide.Client;
        var isLong = (header[0] & LongForm) == LongForm;
        if ((isAck || isLong) && !TryPeek(in buffer, header))
        {
            return false;
        }

        if (isAck)
        {
            // The token comes with its bytes reversed, so that the set bit is seen first.
            frame = TransportFrame.ForQuickAck(BinaryPrimitives.ReadUInt32BigEndian(header));
            buffer = buffer.Slice(header.Length);
            return true;
        }

        var length = isLong ? (int)(BinaryPrimitives.ReadUInt32LittleEndian(header) >> 8) * 4 : (header[0] & LongForm) * 4;
        CheckLength(length);
        if (!TryTake(ref buffer, isLong ? 4 : 1, length, out var payload))
        {
            return false;
        }

        frame = ToFrame(in payload, isMarked);
        return true;
    }

    public override void WriteQuickAck(IBufferWriter<byte> output, uint token)
    {
        ArgumentNullException.ThrowIfNull(output);
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), token);
        output.Advance(sizeof(uint));
    }

    private protected override void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck)
    {
        var mark = requestQuickAck ? QuickAckBit : (byte)0;
        var words = payload.Length / 4;
        if (words < LongForm)
        {
            output.GetSpan(1)[0] = (byte)(words | mark);
            output.Advance(1);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), ((uint)words << 8) | LongForm | mark);
            output.Advance(4);
        }

        output.Write(payload);
    }
}
