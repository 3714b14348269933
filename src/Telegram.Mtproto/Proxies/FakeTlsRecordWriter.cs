using System.Buffers.Binary;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Proxies;

/// <summary>Puts content into the records of one direction of a connection.</summary>
/// <param name="side">The end that writes: a client sends ChangeCipherSpec first.</param>
public sealed class FakeTlsRecordWriter(TransportSide side)
{
    private bool _mustChangeCipher = side == TransportSide.Client;

    /// <summary>How many bytes <see cref="Wrap"/> would write for that many bytes of content now.</summary>
    public int LengthFor(int count)
    {
        var records = (count + TlsRecords.MaxPlainLength - 1) / TlsRecords.MaxPlainLength;
        return count + (records * TlsRecords.HeaderLength) + (_mustChangeCipher ? TlsRecords.ChangeCipherSpecRecord.Length : 0);
    }

    /// <summary>Writes content as records of at most 16 KiB.</summary>
    /// <param name="content">What to send.</param>
    /// <param name="destination">Gets the records; has room for <see cref="LengthFor"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int Wrap(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        var length = LengthFor(content.Length);
        if (destination.Length < length)
        {
            throw new ArgumentException("There is no room for the records.", nameof(destination));
        }

        if (_mustChangeCipher)
        {
            TlsRecords.ChangeCipherSpecRecord.CopyTo(destination);
            destination = destination[TlsRecords.ChangeCipherSpecRecord.Length..];
            _mustChangeCipher = false;
        }

        while (content.Length > 0)
        {
            var part = content[..Math.Min(content.Length, TlsRecords.MaxPlainLength)];
            destination[0] = TlsRecords.ApplicationData;
            destination[1] = destination[2] = 3;
            BinaryPrimitives.WriteUInt16BigEndian(destination[3..], (ushort)part.Length);
            part.CopyTo(destination[TlsRecords.HeaderLength..]);
            destination = destination[(TlsRecords.HeaderLength + part.Length)..];
            content = content[part.Length..];
        }

        return length;
    }
}
