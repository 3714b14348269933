namespace Telegram.Mtproto.Transports;

/// <summary>How MTProto's messages are cut out of a stream of bytes.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/mtproto-transports"/>.</remarks>
public enum TransportKind
{
    /// <summary>A length of one or four bytes, in words of four bytes.</summary>
    Abridged,

    /// <summary>A length of four bytes.</summary>
    Intermediate,

    /// <summary>A length of four bytes, and up to 15 random bytes after each message.</summary>
    PaddedIntermediate,

    /// <summary>Length, number and CRC32. It announces itself by nothing and cannot be obfuscated.</summary>
    Full,
}
