using System.Buffers;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Proxies;

/// <summary>
/// The answer of an MTProxy that hides in TLS: ServerHello, ChangeCipherSpec and a record that stands for the encrypted certificate. Its
/// random bytes are the HMAC-SHA256 of the client's random bytes and the whole answer with its own zero.
/// </summary>
internal static class FakeTlsServerHello
{
    private const int MinCertificate = 1600;

    // A power of two, to be drawn evenly.
    private const int CertificateSpread = 2048;

    public static void Write(
        IBufferWriter<byte> output, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> sessionId, ProxySecret secret, IRandomSource random)
    {
        Span<byte> drawn = stackalloc byte[2];
        random.Fill(drawn);
        var certificate = MinCertificate + (((drawn[0] << 8) | drawn[1]) % CertificateSpread);
        var room = output.GetSpan(TlsRecords.MaxLength);
        var writer = new TlsWriter(room);
        WriteServerHello(ref writer, sessionId, random);
        writer.Bytes(TlsRecords.ChangeCipherSpecRecord);
        writer.Bytes([TlsRecords.ApplicationData, 3, 3]);
        writer.Short((ushort)certificate);
        random.Fill(writer.Skip(certificate));

        var answer = room[..writer.Length];
        Digest(clientRandom, answer, secret.Key, answer.Slice(TlsRecords.RandomOffset, TlsRecords.RandomLength));
        output.Advance(answer.Length);
    }

    /// <summary>The HMAC of an answer whose random bytes are zero.</summary>
    public static void Digest(ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> answer, ReadOnlySpan<byte> key, Span<byte> digest)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(clientRandom);
        mac.AppendData(answer);
        mac.GetHashAndReset(digest);
    }

    private static void WriteServerHello(ref TlsWriter writer, ReadOnlySpan<byte> sessionId, IRandomSource random)
    {
        writer.Bytes([TlsRecords.Handshake, 3, 3]);
        var record = writer.Begin();
        writer.Bytes([2, 0]);
        var message = writer.Begin();
        writer.Short(0x0303);
        writer.Zeros(TlsRecords.RandomLength);
        writer.Byte((byte)sessionId.Length);
        writer.Bytes(sessionId);
        writer.Bytes([0x13, 0x01, 0]);
        var extensions = writer.Begin();
        writer.Bytes([0x00, 0x33, 0, 36, 0x00, 0x1D, 0, X25519Point.Length]);
        X25519Point.Draw(random, writer.Skip(X25519Point.Length));
        writer.Bytes([0x00, 0x2B, 0, 2, 3, 4]);
        writer.End(extensions);
        writer.End(message);
        writer.End(record);
    }
}
