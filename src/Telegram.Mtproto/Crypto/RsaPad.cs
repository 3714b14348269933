using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>RSA_PAD: how a client hides <c>p_q_inner_data</c> from all but the server.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/auth_key#41-rsa-paddata-server-public-key-mentioned-above-is-implemented-as-follows"/>.</remarks>
public static class RsaPad
{
    /// <summary>The most data that can be encrypted, in bytes.</summary>
    public const int MaxDataLength = 144;

    /// <summary>The length of what decryption gives: the data and random bytes after it.</summary>
    public const int PaddedLength = 192;

    // About one try in 2^32 fails for a modulus near 2^2048, one in two for one near 2^2047.
    private const int MaxAttempts = 256;
    private const int KeySize = AesIge.KeySize;

    /// <summary>Encrypts data for the holder of the private key.</summary>
    /// <param name="key">The server's key.</param>
    /// <param name="data">At most <see cref="MaxDataLength"/> bytes.</param>
    /// <param name="random">Gives the padding, then the temporary key of each try.</param>
    /// <param name="destination">Gets 256 bytes.</param>
    /// <exception cref="ArgumentException">The data is too long or the destination too short.</exception>
    /// <exception cref="CryptographicException">The random source repeats itself: no try gave a number below the modulus.</exception>
    public static void Encrypt(RsaPublicKey key, ReadOnlySpan<byte> data, IRandomSource random, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        if (data.Length > MaxDataLength)
        {
            throw new ArgumentException("At most 144 bytes can be encrypted.", nameof(data));
        }

        if (destination.Length < RsaPublicKey.Size)
        {
            throw new ArgumentException("The destination must have 256 bytes.", nameof(destination));
        }

        Span<byte> padded = stackalloc byte[PaddedLength];
        data.CopyTo(padded);
        random.Fill(padded[data.Length..]);
        Span<byte> block = stackalloc byte[RsaPublicKey.Size];
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Seal(padded, random, block);
            if (block.SequenceCompareTo(key.Modulus) < 0)
            {
                key.Apply(block, destination[..RsaPublicKey.Size]);
                return;
            }
        }

        throw new CryptographicException("The random source gave no usable key.");
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made. Whatever a peer sends, no exception comes of it.</summary>
    /// <param name="key">The server's key pair.</param>
    /// <param name="encrypted">256 bytes.</param>
    /// <param name="destination">Gets <see cref="PaddedLength"/> bytes: the data, then random bytes. The data must tell its own length, as TL does.</param>
    /// <returns>False if it is not a block in this form.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static bool TryDecrypt(RsaPrivateKey key, ReadOnlySpan<byte> encrypted, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> block = stackalloc byte[RsaPublicKey.Size];
        return encrypted.Length == RsaPublicKey.Size && key.TryApply(encrypted, block) && TryOpen(block, destination);
    }

    internal static bool TryOpen(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        if (destination.Length < PaddedLength)
        {
            throw new ArgumentException("The destination must have 192 bytes.", nameof(destination));
        }

        // temporary key | data, later in its own order | hash
        Span<byte> hashed = stackalloc byte[KeySize + PaddedLength + SHA256.HashSizeInBytes];
        Span<byte> iv = stackalloc byte[AesIge.IvSize];
        iv.Clear();
        var temporaryKey = hashed[..KeySize];
        SHA256.HashData(block[KeySize..], temporaryKey);
        Xor(temporaryKey, block[..KeySize]);
        AesIge.Decrypt(temporaryKey, iv, block[KeySize..], hashed[KeySize..]);
        var padded = hashed.Slice(KeySize, PaddedLength);
        padded.Reverse();

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hashed[..(KeySize + PaddedLength)], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, hashed[(KeySize + PaddedLength)..]))
        {
            return false;
        }

        padded.CopyTo(destination);
        return true;
    }

    /// <summary>Encrypts the padded data with a new temporary key and the temporary key with its result.</summary>
    private static void Seal(ReadOnlySpan<byte> padded, IRandomSource random, Span<byte> block)
    {
        Span<byte> hashed = stackalloc byte[KeySize + PaddedLength];
        Span<byte> iv = stackalloc byte[AesIge.IvSize];
        iv.Clear();
        var temporaryKey = hashed[..KeySize];
        random.Fill(temporaryKey);
        padded.CopyTo(hashed[KeySize..]);

        var encrypted = block[KeySize..];
        padded.CopyTo(encrypted);
        encrypted[..PaddedLength].Reverse();
        SHA256.HashData(hashed, encrypted[PaddedLength..]);
        AesIge.Encrypt(temporaryKey, iv, encrypted);

        SHA256.HashData(encrypted, block[..KeySize]);
        Xor(block[..KeySize], temporaryKey);
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] ^= other[i];
        }
    }
}
