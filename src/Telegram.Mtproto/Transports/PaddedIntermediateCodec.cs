using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary><see href="https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate">The padded intermediate transport</see>.</summary>
internal sealed class PaddedIntermediateCodec(TransportSide side, IRandomSource random) : IntermediateCodec(TransportKind.PaddedIntermediate, side)
{
    private const int MaxPadding = 15;
    private const int MaxQuickAckPadding = 8;
    private const uint QuickAckMark = 0xFFFFFFFF;

    // auth_key_id, msg_id and length of a message that is not encrypted; auth_key_id and msg_key of one that is.
    private const int PlainHeaderLength = 20;
    private const int EncryptedHeaderLength = 24;
    private const int BlockLength = 16;

    public override ReadOnlySpan<byte> Preamble => [0xDD, 0xDD, 0xDD, 0xDD];

    public override void WriteQuickAck(IBufferWriter<byte> output, uint token)
    {
        ArgumentNullException.ThrowIfNull(output);
        var padding = DrawLength(MaxQuickAckPadding);
        WriteWord(output, (uint)((2 * sizeof(uint)) + padding));
        WriteWord(output, QuickAckMark);
        WriteWord(output, token);
        WritePadding(output, padding);
    }

    /// <summary>Errors go unpadded: there are clients that know them by their length.</summary>
    public override void WriteError(IBufferWriter<byte> output, int code)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, 0);
        WriteWord(output, ErrorLength);
        WriteWord(output, (uint)code);
    }

    private protected override void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck)
    {
        var padding = DrawLength(MaxPadding);
        WriteWord(output, (uint)(payload.Length + padding) | (requestQuickAck ? QuickAckBit : 0));
        output.Write(payload);
        WritePadding(output, padding);
    }

    private protected override TransportFrame Open(in ReadOnlySequence<byte> payload, bool quickAckRequested)
    {
        Span<byte> header = stackalloc byte[PlainHeaderLength];
        if (payload.Length < PlainHeaderLength)
        {
            payload.CopyTo(header);
            return OpenShort(header, in payload, quickAckRequested);
        }

        payload.Slice(0, PlainHeaderLength).CopyTo(header);
        return TransportFrame.ForPayload(payload.Slice(0, GetMessageLength(header, payload.Length)), quickAckRequested);
    }

    /// <summary>What is shorter than any message is an acknowledgement or an error, if it comes from a server.</summary>
    private TransportFrame OpenShort(ReadOnlySpan<byte> header, in ReadOnlySequence<byte> payload, bool quickAckRequested)
    {
        if (Side == TransportSide.Client && payload.Length >= ErrorLength)
        {
            var first = BinaryPrimitives.ReadInt32LittleEndian(header);
            if ((uint)first == QuickAckMark && payload.Length >= 2 * sizeof(uint))
            {
                return TransportFrame.ForQuickAck(BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(uint)..]));
            }

            if (first < 0)
            {
                return TransportFrame.ForError(first);
            }
        }

        return TransportFrame.ForPayload(payload, quickAckRequested);
    }

    /// <summary>Only the message itself tells where it ends. One that contradicts itself is left as it is, for the session to refuse.</summary>
    private static long GetMessageLength(ReadOnlySpan<byte> header, long length)
    {
        if (BinaryPrimitives.ReadInt64LittleEndian(header) == 0)
        {
            var declared = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
            return declared >= 0 && PlainHeaderLength + (long)declared <= length ? PlainHeaderLength + declared : length;
        }

        return length < EncryptedHeaderLength ? length : length - ((length - EncryptedHeaderLength) % BlockLength);
    }

    private int DrawLength(int limit)
    {
        Span<byte> draw = stackalloc byte[1];
        random.Fill(draw);
        return draw[0] % (limit + 1);
    }

    private void WritePadding(IBufferWriter<byte> output, int length)
    {
        if (length > 0)
        {
            random.Fill(output.GetSpan(length)[..length]);
            output.Advance(length);
        }
    }
}
