namespace Telegram.Mtproto.Crypto;

/// <summary>What a server does with a client's <c>encrypted_data</c>: both schemes are in use, and only decryption tells which it is.</summary>
public static class RsaEnvelope
{
    /// <summary>Room enough for the data in either scheme, in bytes.</summary>
    public const int MaxDataLength = RsaHashed.MaxDataLength;

    /// <summary>Decrypts in whichever scheme fits. Whatever a peer sends, no exception comes of it.</summary>
    /// <param name="key">The server's key pair.</param>
    /// <param name="encrypted">What the client sent.</param>
    /// <param name="destination">Gets the data: at least <see cref="MaxDataLength"/> bytes.</param>
    /// <param name="length">How many bytes were written; with <see cref="RsaScheme.Padded"/> random bytes follow the data in them.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static RsaScheme Decrypt(RsaPrivateKey key, ReadOnlySpan<byte> encrypted, Span<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(key);
        length = 0;
        Span<byte> block = stackalloc byte[RsaPublicKey.Size];
        if (encrypted.Length != RsaPublicKey.Size || !key.TryApply(encrypted, block))
        {
            return RsaScheme.None;
        }

        if (RsaPad.TryOpen(block, destination))
        {
            length = RsaPad.PaddedLength;
            return RsaScheme.Padded;
        }

        return RsaHashed.TryOpen(block, destination, out length) ? RsaScheme.Hashed : RsaScheme.None;
    }
}
