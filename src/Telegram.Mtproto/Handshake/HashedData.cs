using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;

namespace Telegram.Mtproto.Handshake;

/// <summary>
/// The inner data of the Diffie-Hellman exchange: SHA1(data) + data + 0 to 15 random bytes, encrypted with the temporary key
/// (<see href="https://core.telegram.org/mtproto/auth_key#6-server-responds-with"/>).
/// </summary>
/// <param name="newNonce"><c>new_nonce</c>.</param>
/// <param name="serverNonce"><c>server_nonce</c>.</param>
internal sealed class HashedData(TlInt256 newNonce, TlInt128 serverNonce)
{
    private const int HashSize = SHA1.HashSizeInBytes;
    private const int MaxPadding = AesIge.BlockSize - 1;
    private const int MaxLength = 4096;

    public delegate T Reader<T>(ref TlReader reader);

    /// <summary>Encrypts an object.</summary>
    public byte[] Seal(ITlObject value, IRandomSource random)
    {
        var data = TlSerializer.ToBytes(value);
        var sealedData = new byte[(HashSize + data.Length + MaxPadding) / AesIge.BlockSize * AesIge.BlockSize];
        SHA1.HashData(data, sealedData);
        data.CopyTo(sealedData.AsSpan(HashSize));
        random.Fill(sealedData.AsSpan(HashSize + data.Length));

        Span<byte> key = stackalloc byte[AesIge.KeySize];
        Span<byte> iv = stackalloc byte[AesIge.IvSize];
        HandshakeSecrets.DeriveTemporaryKey(newNonce, serverNonce, key, iv);
        AesIge.Encrypt(key, iv, sealedData);
        CryptographicOperations.ZeroMemory(key);
        return sealedData;
    }

    /// <summary>Decrypts an object. Its hash is compared in constant time.</summary>
    /// <param name="encrypted">The encrypted bytes; overwritten.</param>
    /// <param name="read">Reads the object, which ends where the padding begins.</param>
    /// <param name="isAuthentic">Whether the hash is right.</param>
    /// <returns>The object.</returns>
    /// <exception cref="TlException">Not such an object.</exception>
    public T Open<T>(byte[] encrypted, Reader<T> read, out bool isAuthentic)
    {
        if (encrypted.Length is < HashSize or > MaxLength || encrypted.Length % AesIge.BlockSize != 0)
        {
            throw new TlException("The encrypted data has an impossible length.");
        }

        Span<byte> key = stackalloc byte[AesIge.KeySize];
        Span<byte> iv = stackalloc byte[AesIge.IvSize];
        HandshakeSecrets.DeriveTemporaryKey(newNonce, serverNonce, key, iv);
        AesIge.Decrypt(key, iv, encrypted);
        CryptographicOperations.ZeroMemory(key);

        var content = encrypted.AsSpan(HashSize);
        var reader = new TlReader((ReadOnlySpan<byte>)content);
        var value = read(ref reader);
        Span<byte> hash = stackalloc byte[HashSize];
        SHA1.HashData(content[..reader.Consumed], hash);
        isAuthentic = reader.Remaining <= MaxPadding & CryptographicOperations.FixedTimeEquals(hash, encrypted.AsSpan(0, HashSize));
        return value;
    }
}
