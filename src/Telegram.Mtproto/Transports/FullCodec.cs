using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary><see href="https://core.telegram.org/mtproto/mtproto-transports#full">The full transport</see>: length, number, message, CRC32.</summary>
internal sealed class FullCodec(TransportSide side) : TransportCodec(TransportKind.Full, side)
{
    private const int HeaderLength = 2 * sizeof(int);
    private const int ChecksumLength = sizeof(uint);
    private const int Envelope = HeaderLength + ChecksumLength;

    private int _received;
    private int _sent;

    public override bool SupportsQuickAck => false;

    public override ReadOnlySpan<byte> Preamble => [];

    public override bool TryRead(ref ReadOnlySequence<byte> buffer, out TransportFrame frame)
    {
        frame = default;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (!TryPeek(in buffer, header[..sizeof(int)]))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 && Side == TransportSide.Client)
        {
            // Servers were seen to send an error's code in place of the length, and nothing more of a frame.
            frame = TransportFrame.ForError(length);
            buffer = buffer.Slice(sizeof(int));
            return true;
        }

        if (length < Envelope)
        {
            throw new TransportException(TransportFault.InvalidLength);
        }

        CheckLength(length - Envelope);
        if (!TryTake(ref buffer, 0, length, out var whole))
        {
            return false;
        }

        whole.Slice(0, HeaderLength).CopyTo(header);
        Verify(in whole, BinaryPrimitives.ReadInt32LittleEndian(header[sizeof(int)..]));
        frame = ToFrame(whole.Slice(HeaderLength, length - Envelope), quickAckRequested: false);
        return true;
    }

    public override void WriteQuickAck(IBufferWriter<byte> output, uint token) =>
        throw new NotSupportedException("This transport has no quick acknowledgements.");

    private protected override void WriteFrame(IBufferWriter<byte> output, ReadOnlySpan<byte> payload, bool requestQuickAck)
    {
        var header = output.GetSpan(HeaderLength)[..HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length + Envelope);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], unchecked(_sent++));
        var checksum = Crc32.Append(Crc32.Append(Crc32.Empty, header), payload);
        output.Advance(HeaderLength);
        output.Write(payload);
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(ChecksumLength), checksum);
        output.Advance(ChecksumLength);
    }

    private void Verify(in ReadOnlySequence<byte> whole, int number)
    {
        var checksum = Crc32.Empty;
        foreach (var segment in whole.Slice(0, whole.Length - ChecksumLength))
        {
            checksum = Crc32.Append(checksum, segment.Span);
        }

        Span<byte> declared = stackalloc byte[ChecksumLength];
        whole.Slice(whole.Length - ChecksumLength).CopyTo(declared);
        if (BinaryPrimitives.ReadUInt32LittleEndian(declared) != checksum)
        {
            throw new TransportException(TransportFault.ChecksumMismatch);
        }

        if (number != _received)
        {
            throw new TransportException(TransportFault.SequenceMismatch);
        }

        _received = unchecked(_received + 1);
    }
}
