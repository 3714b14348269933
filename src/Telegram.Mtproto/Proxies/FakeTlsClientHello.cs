using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// The greeting of a client of an MTProxy that hides in TLS: a ClientHello as browsers send it (RFC 8446, 4.1.2, with the reserved values
/// of RFC 8701), whose random bytes are the HMAC-SHA256 of the whole with these bytes zero, the last four XORed with the time.
/// </summary>
internal static class FakeTlsClientHello
{
    /// <summary>The length of the record in bytes. Older proxies know no other.</summary>
    public const int Length = 517;

    private const int TimeOffset = TlsRecords.RandomLength - sizeof(uint);

    public static void Write(Span<byte> hello, ProxySecret secret, DateTimeOffset now, IRandomSource random)
    {
        hello = hello[..Length];
        Span<byte> reserved = stackalloc byte[6];
        random.Fill(reserved);
        var writer = new TlsWriter(hello);
        WriteHead(ref writer, random, Reserved(reserved[0]));
        var extensions = writer.Begin();
        WriteExtensions(ref writer, reserved[1..], secret.Domain, random);
        var padding = writer.BeginExtension(0x0015);
        writer.Zeros(Length - writer.Length);
        writer.End(padding);
        writer.End(extensions);
        Sign(hello, secret, now);
    }

    /// <summary>The HMAC of a greeting whose random bytes are zero.</summary>
    public static void Digest(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> key, Span<byte> digest) => HMACSHA256.HashData(key, hello, digest);

    /// <summary>The time that a greeting tells to who knows its HMAC.</summary>
    public static DateTimeOffset TimeOf(ReadOnlySpan<byte> random, ReadOnlySpan<byte> digest) => DateTimeOffset.FromUnixTimeSeconds(
        BinaryPrimitives.ReadUInt32LittleEndian(random[TimeOffset..]) ^ BinaryPrimitives.ReadUInt32LittleEndian(digest[TimeOffset..]));

    /// <summary>Whether the bytes before the time are those of the HMAC, in constant time.</summary>
    public static bool Fits(ReadOnlySpan<byte> random, ReadOnlySpan<byte> digest) =>
        CryptographicOperations.FixedTimeEquals(random[..TimeOffset], digest[..TimeOffset]);

    private static void Sign(Span<byte> hello, ProxySecret secret, DateTimeOffset now)
    {
        var random = hello.Slice(TlsRecords.RandomOffset, TlsRecords.RandomLength);
        Digest(hello, secret.Key, random);
        var time = random[TimeOffset..];
        BinaryPrimitives.WriteUInt32LittleEndian(time, BinaryPrimitives.ReadUInt32LittleEndian(time) ^ (uint)now.ToUnixTimeSeconds());
    }

    private static void WriteHead(ref TlsWriter writer, IRandomSource random, ushort reserved)
    {
        writer.Bytes([TlsRecords.Handshake, 3, 1]);
        writer.Short(Length - TlsRecords.HeaderLength);
        writer.Bytes([1, 0]);
        writer.Short(Length - TlsRecords.HeaderLength - 4);
        writer.Short(0x0303);
        writer.Zeros(TlsRecords.RandomLength);
        writer.Byte(32);
        random.Fill(writer.Skip(32));
        var ciphers = writer.Begin();
        writer.Short(reserved);
        writer.Bytes(
        [
            0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x2C, 0xC0, 0x30, 0xCC, 0xA9,
            0xCC, 0xA8, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x9C, 0x00, 0x9D, 0x00, 0x2F, 0x00, 0x35,
        ]);
        writer.End(ciphers);
        writer.Bytes([1, 0]);
    }

    private static void WriteExtensions(ref TlsWriter writer, scoped ReadOnlySpan<byte> reserved, string domain, IRandomSource random)
    {
        var group = Reserved(reserved[0]);
        writer.End(writer.BeginExtension(Reserved(reserved[1])));
        WriteServerName(ref writer, domain);
        writer.Bytes([0x00, 0x17, 0, 0]);
        writer.Bytes([0xFF, 0x01, 0, 1, 0]);
        writer.Bytes([0x00, 0x0A, 0, 10, 0, 8]);
        writer.Short(group);
        writer.Bytes([0x00, 0x1D, 0x00, 0x17, 0x00, 0x18]);
        writer.Bytes([0x00, 0x0B, 0, 2, 1, 0]);
        writer.Bytes([0x00, 0x23, 0, 0]);
        writer.Bytes([0x00, 0x10, 0, 14, 0, 12, 2]);
        writer.Bytes("h2"u8);
        writer.Byte(8);
        writer.Bytes("http/1.1"u8);
        writer.Bytes([0x00, 0x05, 0, 5, 1, 0, 0, 0, 0]);
        writer.Bytes([0x00, 0x0D, 0, 18, 0, 16, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 5, 1, 8, 6, 6, 1]);
        writer.Bytes([0x00, 0x12, 0, 0]);
        WriteKeyShare(ref writer, group, random);
        writer.Bytes([0x00, 0x2D, 0, 2, 1, 1]);
        writer.Bytes([0x00, 0x2B, 0, 7, 6]);
        writer.Short(Reserved(reserved[2]));
        writer.Bytes([3, 4, 3, 3]);
        writer.Bytes([0x00, 0x1B, 0, 3, 2, 0, 2]);

        // No extension may stand twice.
        var last = reserved[3] >> 4 == reserved[1] >> 4 ? (byte)(reserved[3] ^ 0x10) : reserved[3];
        writer.Short(Reserved(last));
        writer.Bytes([0, 1, 0]);
    }

    private static void WriteServerName(ref TlsWriter writer, string domain)
    {
        var extension = writer.BeginExtension(0x0000);
        var list = writer.Begin();
        writer.Byte(0);
        var name = writer.Begin();
        Encoding.ASCII.GetBytes(domain, writer.Skip(domain.Length));
        writer.End(name);
        writer.End(list);
        writer.End(extension);
    }

    private static void WriteKeyShare(ref TlsWriter writer, ushort reservedGroup, IRandomSource random)
    {
        var extension = writer.BeginExtension(0x0033);
        var shares = writer.Begin();
        writer.Short(reservedGroup);
        writer.Bytes([0, 1, 0]);
        writer.Short(0x001D);
        writer.Short(X25519Point.Length);
        X25519Point.Draw(random, writer.Skip(X25519Point.Length));
        writer.End(shares);
        writer.End(extension);
    }

    /// <summary>One of the sixteen values that stand for nothing: 0A0A, 1A1A, … FAFA.</summary>
    private static ushort Reserved(byte choice) => (ushort)(((choice & 0xF0) | 0x0A) * 0x0101);
}
