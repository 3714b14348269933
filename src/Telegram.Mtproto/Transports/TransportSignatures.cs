using System.Buffers.Binary;

namespace Telegram.Mtproto.Transports;

/// <summary>The first bytes by which protocols are told apart on a port that serves them all, as little-endian words.</summary>
internal static class TransportSignatures
{
    public const byte Abridged = 0xEF;
    public const uint AbridgedTag = 0xEFEFEFEF;
    public const uint Intermediate = 0xEEEEEEEE;
    public const uint PaddedIntermediate = 0xDDDDDDDD;

    // "HEAD", "POST", "GET " and "OPTI"; the start of a TLS handshake with a record of 512 to 767 bytes.
    private const uint Head = 0x44414548;
    private const uint Post = 0x54534F50;
    private const uint Get = 0x20544547;
    private const uint Options = 0x4954504F;
    private const uint Tls = 0x02010316;

    /// <summary>Whether an obfuscated header may not begin so, because a server would take it for something else.</summary>
    public static bool LooksPlain(ReadOnlySpan<byte> header)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return header[0] == Abridged
            || first is Intermediate or PaddedIntermediate
            || IsHttp(first)
            || IsTls(first)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == 0;
    }

    /// <summary>Whether it is one of the HTTP methods that obfuscated headers avoid.</summary>
    public static bool IsHttp(uint first) => first is Head or Post or Get or Options;

    /// <summary>Whether it is the TLS handshake that obfuscated headers avoid.</summary>
    public static bool IsTls(uint first) => first == Tls;

    /// <summary>What bytes that are no transport most likely are.</summary>
    public static TransportRejection Guess(ReadOnlySpan<byte> header)
    {
        if (header is [0x16, 0x03, ..])
        {
            return TransportRejection.Tls;
        }

        var isText = header.StartsWith("PUT "u8) || header.StartsWith("DELETE "u8) || header.StartsWith("PATCH "u8)
            || header.StartsWith("CONNECT "u8) || header.StartsWith("TRACE "u8) || header.StartsWith("PRI * HTTP/"u8);
        return isText ? TransportRejection.Http : TransportRejection.Unknown;
    }
}
