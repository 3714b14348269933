using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>The client's side of two-factor authentication: it shows that it knows the cloud password without sending it.</summary>
/// <remarks>
/// A password is given as UTF-8. Hashing it takes some tenths of a second by design: do it off the threads that serve others.
/// <see href="https://core.telegram.org/api/srp"/>.
/// </remarks>
public static class Srp
{
    private const int MaxAttempts = 8;

    /// <summary>Answers the server's challenge of <c>account.getPassword</c>.</summary>
    /// <param name="parameters">The server's <c>current_algo</c>.</param>
    /// <param name="serverPublic">The server's <c>srp_B</c>.</param>
    /// <param name="password">The password as UTF-8.</param>
    /// <param name="random">Gives the secret exponent.</param>
    /// <exception cref="SrpException">The server's group or public value is not safe.</exception>
    public static SrpProof CreateProof(SrpParameters parameters, ReadOnlySpan<byte> serverPublic, ReadOnlySpan<byte> password, IRandomSource random)
    {
        CheckGroup(parameters, random);
        var prime = parameters.Prime.Span;
        if (!DhParameters.IsPublicValueInRange(serverPublic, prime))
        {
            throw new SrpException("The server's public value is out of range.");
        }

        Span<byte> padded = stackalloc byte[DhParameters.Size];
        padded.Clear();
        serverPublic.CopyTo(padded[^serverPublic.Length..]);

        var group = DhParameters.GetModulus(prime);
        Span<byte> x = stackalloc byte[SrpMath.HashSize];
        Span<byte> number = stackalloc byte[DhParameters.Size];
        SrpMath.HashPassword(parameters, password, x);
        group.Power([(byte)parameters.Generator], x, number);
        var masked = BigEndian.Read(padded) - (SrpMath.Multiplier(parameters) * BigEndian.Read(number));
        BigEndian.Write(((masked % group.Value) + group.Value) % group.Value, number);
        if (!DhParameters.IsPublicValueInRange(number, prime))
        {
            throw new SrpException("The server's public value gives the secret away.");
        }

        var proof = new SrpProof(new byte[DhParameters.Size], new byte[SrpMath.HashSize]);
        Span<byte> exponent = stackalloc byte[DhParameters.Size];
        DrawPublicValue(group, parameters.Generator, random, exponent, proof.A);
        var total = BigEndian.Read(exponent) + (SrpMath.Scrambler(proof.A, padded) * BigEndian.Read(x));
        group.Power(number, total.ToByteArray(isUnsigned: true, isBigEndian: true), number);
        SrpMath.Prove(parameters, proof.A, padded, number, proof.M1);
        CryptographicOperations.ZeroMemory(x);
        CryptographicOperations.ZeroMemory(exponent);
        CryptographicOperations.ZeroMemory(number);
        return proof;
    }

    /// <summary>
    /// Computes <c>new_password_hash</c> for <c>account.updatePasswordSettings</c>, which is also what a server keeps of a password. The parameters are
    /// the server's <c>new_algo</c> <see cref="SrpParameters.WithFreshSalt">with a fresh salt</see>.
    /// </summary>
    /// <returns>256 bytes.</returns>
    /// <exception cref="SrpException">The server's group is not safe.</exception>
    public static byte[] CreateVerifier(SrpParameters parameters, ReadOnlySpan<byte> password, IRandomSource random)
    {
        CheckGroup(parameters, random);
        Span<byte> x = stackalloc byte[SrpMath.HashSize];
        SrpMath.HashPassword(parameters, password, x);
        var verifier = new byte[DhParameters.Size];
        DhParameters.ModPow(parameters.Generator, x, parameters.Prime.Span, verifier);
        CryptographicOperations.ZeroMemory(x);
        return verifier;
    }

    /// <summary>Draws a secret exponent until the value that is shown of it is in range; the first nearly always is.</summary>
    private static void DrawPublicValue(MontgomeryModulus group, int generator, IRandomSource random, Span<byte> exponent, Span<byte> publicValue)
    {
        Span<byte> prime = stackalloc byte[DhParameters.Size];
        BigEndian.Write(group.Value, prime);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            DhParameters.GenerateExponent(random, exponent);
            group.Power([(byte)generator], exponent, publicValue);
            if (DhParameters.IsPublicValueInRange(publicValue, prime))
            {
                return;
            }
        }

        throw new CryptographicException("The random source gave no usable exponent.");
    }

    private static void CheckGroup(SrpParameters parameters, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var status = DhParameters.Check(parameters.Prime.Span, parameters.Generator, random);
        if (status != DhParametersStatus.Valid)
        {
            throw new SrpException($"The server's group is not safe: {status}.");
        }
    }
}
