using System.Numerics;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>A server's RSA key pair of 2048 bits.</summary>
/// <remarks>
/// Made for a server on one's own machine: the time of a decryption depends a little on the numbers involved. Keep such a key off the open network.
/// </remarks>
public sealed class RsaPrivateKey
{
    private const int MaxAttempts = 64;

    private readonly string _pem;
    private readonly MontgomeryModulus _p;
    private readonly MontgomeryModulus _q;
    private readonly byte[] _dp;
    private readonly byte[] _dq;
    private readonly BigInteger _inverseQ;

    private RsaPrivateKey(RSA rsa)
    {
        RSAParameters parameters;
        try
        {
            parameters = rsa.ExportParameters(includePrivateParameters: true);
            _pem = rsa.ExportRSAPrivateKeyPem();
        }
        catch (CryptographicException exception)
        {
            throw new FormatException("The key is not a private key.", exception);
        }

        PublicKey = new RsaPublicKey(parameters);
        _p = new MontgomeryModulus(parameters.P);
        _q = new MontgomeryModulus(parameters.Q);
        _dp = parameters.DP!;
        _dq = parameters.DQ!;
        _inverseQ = BigEndian.Read(parameters.InverseQ);
    }

    /// <summary>The key that clients are given.</summary>
    public RsaPublicKey PublicKey { get; }

    /// <summary>
    /// Makes a new key. Its fingerprint, as 16 hexadecimal digits, does not begin with 0: there are clients that drop the digit and then
    /// don't find the key.
    /// </summary>
    public static RsaPrivateKey Create()
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            using var rsa = RSA.Create(RsaPublicKey.Size * 8);
            var key = new RsaPrivateKey(rsa);
            if (HasFullFingerprint(key.PublicKey.Fingerprint))
            {
                return key;
            }
        }

        throw new CryptographicException("No key with a usable fingerprint came up.");
    }

    /// <summary>Reads a key in PEM form: PKCS#1 (<c>RSA PRIVATE KEY</c>) or PKCS#8 (<c>PRIVATE KEY</c>).</summary>
    /// <exception cref="FormatException">The text is no such key, or its size is not 2048 bits.</exception>
    public static RsaPrivateKey FromPem(ReadOnlySpan<char> pem)
    {
        using var rsa = RSA.Create();
        RsaPem.Import(rsa, pem);
        return new RsaPrivateKey(rsa);
    }

    /// <summary>Writes the key in PKCS#1's PEM form. It is a secret.</summary>
    public string ToPem() => _pem;

    /// <summary>Names the type and the public fingerprint only.</summary>
    public override string ToString() => $"RsaPrivateKey (fingerprint {PublicKey.Fingerprint:x16})";

    internal static bool HasFullFingerprint(long fingerprint) => (ulong)fingerprint >> 60 != 0;

    /// <summary>Raises a number of 256 bytes, big-endian, to the private exponent.</summary>
    /// <returns>False if the number is not below the modulus.</returns>
    internal bool TryApply(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.SequenceCompareTo(PublicKey.Modulus) >= 0)
        {
            return false;
        }

        // By the Chinese remainder theorem (Garner): two powers of half the length take a quarter of the time.
        Span<byte> half = stackalloc byte[RsaPublicKey.Size / 2];
        _p.Power(input, _dp, half);
        var inP = BigEndian.Read(half);
        _q.Power(input, _dq, half);
        var inQ = BigEndian.Read(half);
        var difference = (inP - inQ) * _inverseQ % _p.Value;
        var positive = difference.Sign < 0 ? difference + _p.Value : difference;
        BigEndian.Write(inQ + (positive * _q.Value), output);
        return true;
    }
}
