using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// The scheme before <see cref="RsaPad"/>, still in use by many clients: SHA1(data) + data + random bytes, 255 in all, to the power of the key.
/// </summary>
/// <remarks>Only a server needs it; encryption is here for tests and for old servers.</remarks>
public static class RsaHashed
{
    /// <summary>The most data that can be encrypted, in bytes.</summary>
    public const int MaxDataLength = BlockLength - SHA1.HashSizeInBytes;

    private const int BlockLength = RsaPublicKey.Size - 1;

    /// <summary>Encrypts data, a multiple of 4 bytes, for the holder of the private key.</summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Encrypt(RsaPublicKey key, ReadOnlySpan<byte> data, IRandomSource random, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        if (data.Length > MaxDataLength || data.Length % 4 != 0)
        {
            throw new ArgumentException("At most 235 bytes can be encrypted, and only a multiple of 4.", nameof(data));
        }

        if (destination.Length < RsaPublicKey.Size)
        {
            throw new ArgumentException("The destination must have 256 bytes.", nameof(destination));
        }

        Span<byte> block = stackalloc byte[RsaPublicKey.Size];
        block[0] = 0;
        SHA1.HashData(data, block[1..]);
        data.CopyTo(block[(1 + SHA1.HashSizeInBytes)..]);
        random.Fill(block[(1 + SHA1.HashSizeInBytes + data.Length)..]);
        key.Apply(block, destination[..RsaPublicKey.Size]);
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made. Whatever a peer sends, no exception comes of it.</summary>
    /// <param name="key">The server's key pair.</param>
    /// <param name="encrypted">256 bytes.</param>
    /// <param name="destination">Gets the data: at least <see cref="MaxDataLength"/> bytes.</param>
    /// <param name="length">How long the data is: the length for which the hash is right.</param>
    /// <returns>False if it is not a block in this form.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static bool TryDecrypt(RsaPrivateKey key, ReadOnlySpan<byte> encrypted, Span<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(key);
        length = 0;
        Span<byte> block = stackalloc byte[RsaPublicKey.Size];
        return encrypted.Length == RsaPublicKey.Size && key.TryApply(encrypted, block) && TryOpen(block, destination, out length);
    }

    internal static bool TryOpen(ReadOnlySpan<byte> block, Span<byte> destination, out int length)
    {
        if (destination.Length < MaxDataLength)
        {
            throw new ArgumentException("The destination must have 235 bytes.", nameof(destination));
        }

        length = 0;
        if (block[0] != 0)
        {
            return false;
        }

        var hash = block.Slice(1, SHA1.HashSizeInBytes);
        var data = block[(1 + SHA1.HashSizeInBytes)..];
        Span<byte> expected = stackalloc byte[SHA1.HashSizeInBytes];

        // Nothing says where the data ends and the random bytes begin, but the hash is right for one length only.
        for (var candidate = MaxDataLength / 4 * 4; candidate > 0; candidate -= 4)
        {
            SHA1.HashData(data[..candidate], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, hash))
            {
                data[..candidate].CopyTo(destination);
                length = candidate;
                return true;
            }
        }

        return false;
    }
}
