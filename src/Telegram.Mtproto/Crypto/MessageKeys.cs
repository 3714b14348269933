using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>MTProto 2.0's message key and what is derived from it.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector"/>.</remarks>
internal static class MessageKeys
{
    public const int MessageKeySize = 16;

    /// <summary>One running hash for each thread: hashing in two pieces, but without an allocation for each message.</summary>
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <summary>
    /// <c>msg_key_large</c>: SHA-256 of 32 bytes of the authorization key and the plaintext with its padding. Its middle 16 bytes are the message key,
    /// its first 4 the quick acknowledgement token.
    /// </summary>
    public static void ComputeLargeKey(AuthKey key, MessageDirection direction, ReadOnlySpan<byte> plain, Span<byte> largeKey)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key.Bytes.Slice(88 + (int)direction, 32));
        hash.AppendData(plain);
        hash.GetHashAndReset(largeKey);
    }

    /// <summary>Derives the 32 bytes of <paramref name="aesKey"/> and of <paramref name="aesIv"/>.</summary>
    public static void DeriveAes(AuthKey key, MessageDirection direction, ReadOnlySpan<byte> messageKey, Span<byte> aesKey, Span<byte> aesIv)
    {
        var x = (int)direction;
        Span<byte> input = stackalloc byte[MessageKeySize + 36];
        Span<byte> a = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> b = stackalloc byte[SHA256.HashSizeInBytes];
        messageKey.CopyTo(input);
        key.Bytes.Slice(x, 36).CopyTo(input[MessageKeySize..]);
        SHA256.HashData(input, a);
        key.Bytes.Slice(40 + x, 36).CopyTo(input);
        messageKey.CopyTo(input[36..]);
        SHA256.HashData(input, b);

        a[..8].CopyTo(aesKey);
        b.Slice(8, 16).CopyTo(aesKey[8..]);
        a[24..].CopyTo(aesKey[24..]);
        b[..8].CopyTo(aesIv);
        a.Slice(8, 16).CopyTo(aesIv[8..]);
        b[24..].CopyTo(aesIv[24..]);
    }
}
