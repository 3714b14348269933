using System.Numerics;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>The formulas that both sides share. Numbers that are hashed have 256 bytes.</summary>
internal static class SrpMath
{
    public const int HashSize = SHA256.HashSizeInBytes;

    private const int Iterations = 100_000;

    /// <summary><c>x</c>: PH2(password, salt1, salt2).</summary>
    public static void HashPassword(SrpParameters parameters, ReadOnlySpan<byte> password, Span<byte> x)
    {
        Span<byte> derived = stackalloc byte[SHA512.HashSizeInBytes];
        SaltedHash(password, parameters.Salt1.Span, x);
        SaltedHash(x, parameters.Salt2.Span, x);
        Rfc2898DeriveBytes.Pbkdf2(x, parameters.Salt1.Span, derived, Iterations, HashAlgorithmName.SHA512);
        SaltedHash(derived, parameters.Salt2.Span, x);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary><c>k</c>: H(p | g).</summary>
    public static BigInteger Multiplier(SrpParameters parameters)
    {
        Span<byte> generator = stackalloc byte[DhParameters.Size];
        BigEndian.Write(parameters.Generator, generator);
        return Hash(parameters.Prime.Span, generator);
    }

    /// <summary><c>u</c>: H(g_a | g_b).</summary>
    public static BigInteger Scrambler(ReadOnlySpan<byte> clientPublic, ReadOnlySpan<byte> serverPublic) => Hash(clientPublic, serverPublic);

    /// <summary><c>M1</c>: H(H(p) xor H(g) | H(salt1) | H(salt2) | g_a | g_b | H(s)).</summary>
    public static void Prove(SrpParameters parameters, ReadOnlySpan<byte> clientPublic, ReadOnlySpan<byte> serverPublic, ReadOnlySpan<byte> secret, Span<byte> proof)
    {
        Span<byte> generator = stackalloc byte[DhParameters.Size];
        Span<byte> groupHash = stackalloc byte[HashSize];
        Span<byte> part = stackalloc byte[HashSize];
        BigEndian.Write(parameters.Generator, generator);
        SHA256.HashData(parameters.Prime.Span, groupHash);
        SHA256.HashData(generator, part);
        for (var i = 0; i < HashSize; i++)
        {
            groupHash[i] ^= part[i];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(groupHash);
        SHA256.HashData(parameters.Salt1.Span, part);
        hash.AppendData(part);
        SHA256.HashData(parameters.Salt2.Span, part);
        hash.AppendData(part);
        hash.AppendData(clientPublic);
        hash.AppendData(serverPublic);
        SHA256.HashData(secret, part);
        hash.AppendData(part);
        hash.GetHashAndReset(proof);
    }

    private static void SaltedHash(ReadOnlySpan<byte> data, ReadOnlySpan<byte> salt, Span<byte> result)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(data);
        hash.AppendData(salt);
        hash.GetHashAndReset(result);
    }

    private static BigInteger Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> input = stackalloc byte[2 * DhParameters.Size];
        Span<byte> result = stackalloc byte[HashSize];
        first.CopyTo(input);
        second.CopyTo(input[DhParameters.Size..]);
        SHA256.HashData(input, result);
        return BigEndian.Read(result);
    }
}
