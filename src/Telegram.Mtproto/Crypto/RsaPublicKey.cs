using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>A server's public RSA key of 2048 bits, with which a client hides the first secret of the handshake.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form"/>.</remarks>
public sealed class RsaPublicKey
{
    /// <summary>The length of the modulus, and of everything encrypted with it, in bytes.</summary>
    public const int Size = 256;

    private readonly byte[] _modulus;
    private readonly byte[] _exponent;

    internal RsaPublicKey(RSAParameters parameters)
    {
        var (modulus, exponent) = (parameters.Modulus, parameters.Exponent);
        if (modulus is not { Length: Size } || modulus[0] < 0x80 || (modulus[^1] & 1) == 0)
        {
            throw new FormatException("The key's modulus must be an odd number of 2048 bits.");
        }

        if (exponent is not { Length: >= 1 and <= sizeof(uint) } || exponent[0] == 0 || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            throw new FormatException("The key's public exponent must be an odd number from 3 to 2³² − 1.");
        }

        (_modulus, _exponent) = (modulus, exponent);
        N = new MontgomeryModulus(modulus);
        Fingerprint = ComputeFingerprint(modulus, exponent);
    }

    /// <summary>The 64 lower-order bits (the last 8 bytes, little-endian) of the SHA1 of the bare TL type <c>rsa_public_key n:string e:string</c>.</summary>
    public long Fingerprint { get; }

    /// <summary>The modulus: 256 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Modulus => _modulus;

    /// <summary>The public exponent, big-endian without leading zero bytes.</summary>
    public ReadOnlySpan<byte> Exponent => _exponent;

    internal MontgomeryModulus N { get; }

    /// <summary>Reads a key in PEM form: PKCS#1 (<c>RSA PUBLIC KEY</c>) or SPKI (<c>PUBLIC KEY</c>).</summary>
    /// <exception cref="FormatException">The text is no such key, or its size is not 2048 bits.</exception>
    public static RsaPublicKey FromPem(ReadOnlySpan<char> pem)
    {
        using var rsa = RSA.Create();
        RsaPem.Import(rsa, pem);
        return new RsaPublicKey(rsa.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>Writes the key in PKCS#1's PEM form.</summary>
    public string ToPem()
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = _modulus, Exponent = _exponent });
        return rsa.ExportRSAPublicKeyPem();
    }

    /// <summary>Raises a number of 256 bytes, big-endian, to the public exponent.</summary>
    internal void Apply(ReadOnlySpan<byte> input, Span<byte> output) => N.Power(input, _exponent, output);

    private static long ComputeFingerprint(byte[] modulus, byte[] exponent)
    {
        // A TL string of 254 bytes or more has a length of three bytes after the mark 254; a shorter one has one; both end at a multiple of 4.
        Span<byte> serialized = stackalloc byte[4 + Size + 8];
        serialized.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(serialized, 254 | (Size << 8));
        modulus.CopyTo(serialized[4..]);
        serialized[4 + Size] = (byte)exponent.Length;
        exponent.CopyTo(serialized[(4 + Size + 1)..]);
        var length = 4 + Size + ((1 + exponent.Length + 3) / 4 * 4);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(serialized[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash[12..]);
    }
}
