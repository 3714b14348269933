using System.Buffers.Binary;

namespace Telegram.Mtproto.Proxies;

/// <summary>The records of TLS 1.3 as they look from outside (RFC 8446, 5.1), and where a greeting has its random bytes.</summary>
internal static class TlsRecords
{
    public const byte ChangeCipherSpec = 0x14;
    public const byte Alert = 0x15;
    public const byte Handshake = 0x16;
    public const byte ApplicationData = 0x17;

    public const int HeaderLength = 5;
    public const int MaxPlainLength = 16 * 1024;

    /// <summary>Encrypted content may be a little longer than what is in it.</summary>
    public const int MaxLength = MaxPlainLength + 256;

    /// <summary>Behind the headers of record and message and the version.</summary>
    public const int RandomOffset = HeaderLength + 4 + 2;

    public const int RandomLength = 32;

    /// <summary>The record that both sides send once, for the sake of TLS 1.2's onlookers.</summary>
    public static ReadOnlySpan<byte> ChangeCipherSpecRecord => [ChangeCipherSpec, 3, 3, 0, 1, 1];

    /// <summary>The length a record's header tells.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[3..]);

    /// <summary>Checks the header of a record: its type, the version 3.3, and a length that is possible.</summary>
    /// <exception cref="FakeTlsException">It is another record.</exception>
    public static int RequireLength(ReadOnlySpan<byte> header, byte type)
    {
        if (header[0] != type || header[1] != 3 || header[2] != 3)
        {
            throw new FakeTlsException(header[0] == Alert && header[1] == 3 ? FakeTlsFault.Alert : FakeTlsFault.InvalidRecord);
        }

        return LengthOf(header) switch
        {
            0 => throw new FakeTlsException(FakeTlsFault.RecordEmpty),
            > MaxLength => throw new FakeTlsException(FakeTlsFault.RecordTooLong),
            var length => length,
        };
    }
}
