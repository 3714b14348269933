using Telegram.Mtproto.Crypto.BlockCipher;

namespace Telegram.Mtproto.Crypto;

/// <summary>AES-256 in infinite garble extension mode, as MTProto encrypts messages and the handshake. Allocates nothing.</summary>
/// <remarks>
/// Runs on the processor's AES instructions (x86, Arm) where there are any, else on tables. The source and the destination may be the same
/// memory, but may not overlap otherwise. <see href="https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector"/>.
/// </remarks>
public static class AesIge
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>The length of an initialization vector in bytes: the block of ciphertext before the first, then the block of plaintext before it.</summary>
    public const int IvSize = 32;

    /// <summary>Data is encrypted in whole blocks of this many bytes.</summary>
    public const int BlockSize = 16;

    /// <summary>Encrypts <paramref name="source"/> into the beginning of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">A length is not what the mode asks for, or the spans overlap without being the same.</exception>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Check(key, iv, source, destination);
        if (X86AesBackend.IsSupported)
        {
            IgeMode<X86AesBackend>.Encrypt(key, iv, source, destination);
        }
        else if (ArmAesBackend.IsSupported)
        {
            IgeMode<ArmAesBackend>.Encrypt(key, iv, source, destination);
        }
        else
        {
            IgeMode<PortableAesBackend>.Encrypt(key, iv, source, destination);
        }
    }

    /// <summary>Encrypts <paramref name="data"/> where it lies.</summary>
    /// <exception cref="ArgumentException">A length is not what the mode asks for.</exception>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, Span<byte> data) => Encrypt(key, iv, data, data);

    /// <summary>Decrypts <paramref name="source"/> into the beginning of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">A length is not what the mode asks for, or the spans overlap without being the same.</exception>
    public static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Check(key, iv, source, destination);
        if (X86AesBackend.IsSupported)
        {
            IgeMode<X86AesBackend>.Decrypt(key, iv, source, destination);
        }
        else if (ArmAesBackend.IsSupported)
        {
            IgeMode<ArmAesBackend>.Decrypt(key, iv, source, destination);
        }
        else
        {
            IgeMode<PortableAesBackend>.Decrypt(key, iv, source, destination);
        }
    }

    /// <summary>Decrypts <paramref name="data"/> where it lies.</summary>
    /// <exception cref="ArgumentException">A length is not what the mode asks for.</exception>
    public static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, Span<byte> data) => Decrypt(key, iv, data, data);

    private static void Check(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("The key must have 32 bytes.", nameof(key));
        }

        if (iv.Length != IvSize)
        {
            throw new ArgumentException("The initialization vector must have 32 bytes.", nameof(iv));
        }

        if (source.Length % BlockSize != 0)
        {
            throw new ArgumentException("The data must consist of whole blocks of 16 bytes.", nameof(source));
        }

        if (destination.Length < source.Length)
        {
            throw new ArgumentException("The destination is shorter than the source.", nameof(destination));
        }

        if (source.Overlaps(destination, out var shift) && shift != 0)
        {
            throw new ArgumentException("The destination must be the source itself or lie apart from it.", nameof(destination));
        }
    }
}
