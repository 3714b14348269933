using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// An authorization key: the 256 bytes that client and server share after the Diffie-Hellman exchange, and the two numbers derived from them.
/// </summary>
/// <remarks>
/// The bytes lie in memory that the garbage collector does not move, and are overwritten by <see cref="Dispose"/>.
/// <see href="https://core.telegram.org/mtproto/auth_key">Creating an authorization key</see>.
/// </remarks>
public sealed class AuthKey : IDisposable
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Size = 256;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Size, pinned: true);
    private bool _disposed;

    /// <summary>
    /// Takes a copy of a key. A big-endian number shorter than <see cref="Size"/> gets the leading zero bytes that belong to it:
    /// about one exchange in 256 yields such a number.
    /// </summary>
    /// <param name="key">1 to 256 bytes, big-endian.</param>
    /// <exception cref="ArgumentException">The key is empty or longer than 256 bytes.</exception>
    public AuthKey(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > Size)
        {
            throw new ArgumentException("An authorization key has 1 to 256 bytes.", nameof(key));
        }

        key.CopyTo(_bytes.AsSpan(Size - key.Length));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(_bytes, hash);
        AuxHash = BinaryPrimitives.ReadInt64LittleEndian(hash);
        Id = BinaryPrimitives.ReadInt64LittleEndian(hash[12..]);
    }

    /// <summary><c>auth_key_id</c>: the 64 lower-order bits (the last 8 bytes, little-endian) of the key's SHA1.</summary>
    public long Id { get; }

    /// <summary><c>auth_key_aux_hash</c>: the 64 higher-order bits (the first 8 bytes, little-endian) of the key's SHA1.</summary>
    public long AuxHash { get; }

    /// <summary>The 256 bytes of the key.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Overwrites the key's bytes. Its owner calls this when no message will be encrypted with it any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Names the type only: neither the key nor its id belongs in a log.</summary>
    public override string ToString() => "AuthKey (redacted)";
}
