using System.Buffers;
using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary>Tells a server from the first bytes of a connection which transport its client speaks.</summary>
/// <remarks>
/// At most 64 bytes are looked at. A connection that sends fewer and then nothing stays undecided: the server sets it a time limit.
/// <see href="https://core.telegram.org/mtproto/mtproto-transports"/>.
/// </remarks>
public static class TransportDetector
{
    private const int TagLength = sizeof(uint);
    private const int FullHeaderLength = 2 * sizeof(uint);

    /// <summary>Looks at what has arrived. Whatever a peer sends, no exception comes of it; call again with all of it when more arrives.</summary>
    /// <param name="buffer">The connection's bytes from the first on.</param>
    /// <param name="secret">The secret that obfuscated clients must know, as in <see cref="TransportObfuscation.TryAccept"/>; normally none.</param>
    public static TransportDetection Detect(in ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> secret = default)
    {
        Span<byte> header = stackalloc byte[TransportObfuscation.HeaderLength];
        var length = (int)Math.Min(buffer.Length, header.Length);
        buffer.Slice(0, length).CopyTo(header);
        return Detect(header[..length], secret);
    }

    private static TransportDetection Detect(ReadOnlySpan<byte> header, ReadOnlySpan<byte> secret)
    {
        if (header is [TransportSignatures.Abridged, ..])
        {
            return TransportDetection.Plain(TransportKind.Abridged, 1);
        }

        if (header.Length < TagLength)
        {
            return default;
        }

        var first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (first == TransportSignatures.Intermediate)
        {
            return TransportDetection.Plain(TransportKind.Intermediate, TagLength);
        }

        if (first == TransportSignatures.PaddedIntermediate)
        {
            return TransportDetection.Plain(TransportKind.PaddedIntermediate, TagLength);
        }

        if (TransportSignatures.IsHttp(first) || TransportSignatures.IsTls(first))
        {
            return TransportDetection.Rejected(TransportSignatures.IsHttp(first) ? TransportRejection.Http : TransportRejection.Tls);
        }

        if (header.Length < FullHeaderLength)
        {
            return default;
        }

        // The first frame of the full transport has the number 0, which obfuscated headers avoid.
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[TagLength..]) == 0)
        {
            return TransportDetection.Plain(TransportKind.Full, 0);
        }

        if (header.Length < TransportObfuscation.HeaderLength)
        {
            return default;
        }

        return TransportObfuscation.TryAccept(header, out var obfuscation, secret)
            ? TransportDetection.Obfuscated(obfuscation)
            : TransportDetection.Rejected(TransportSignatures.Guess(header));
    }
}
