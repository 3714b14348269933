using System.Collections.Concurrent;
using System.Numerics;

namespace Telegram.Mtproto.Crypto;

/// <summary>The test for safe primes of 2048 bits, and the memory of those that passed it.</summary>
internal static class SafePrime
{
    // A number chosen by an adversary passes with a probability of at most 4^-32.
    private const int Rounds = 32;

    // More than a world of servers needs; beyond it nothing is remembered, so that memory stays bounded.
    private const int MaxRemembered = 16;

    private static readonly ConcurrentDictionary<BigInteger, bool> Remembered = new();

    public static bool Check(ReadOnlySpan<byte> prime, IRandomSource random)
    {
        var p = BigEndian.Read(prime);
        if (Remembered.ContainsKey(p))
        {
            return true;
        }

        var q = p >> 1;
        if (p.IsEven || q.IsEven || HasSmallFactor(p) || HasSmallFactor(q) || !IsProbablePrime(q, random) || !IsPrimeGivenHalf(p))
        {
            return false;
        }

        if (Remembered.Count < MaxRemembered)
        {
            Remembered.TryAdd(p, true);
        }

        return true;
    }

    private static bool HasSmallFactor(BigInteger number)
    {
        for (var divisor = 3; divisor < 2000; divisor += 2)
        {
            if (number % divisor == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Miller and Rabin's test with random witnesses.</summary>
    private static bool IsProbablePrime(BigInteger number, IRandomSource random)
    {
        var minusOne = number - BigInteger.One;
        var twos = (int)BigInteger.TrailingZeroCount(minusOne);
        var exponent = (minusOne >> twos).ToByteArray(isUnsigned: true, isBigEndian: true);
        var modulus = new MontgomeryModulus(number.ToByteArray(isUnsigned: true, isBigEndian: true));
        Span<byte> witness = stackalloc byte[DhParameters.Size];
        Span<byte> result = stackalloc byte[DhParameters.Size];
        for (var round = 0; round < Rounds; round++)
        {
            random.Fill(witness);
            modulus.Power(witness, exponent, result);
            var power = BigEndian.Read(result);
            var isWitness = !power.IsOne && power != minusOne;
            for (var i = 1; i < twos && isWitness; i++)
            {
                power = power * power % number;
                isWitness = power != minusOne;
            }

            if (isWitness)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Pocklington's criterion: if q is prime, p = 2q + 1, 2^(p−1) = 1 modulo p, and 2² − 1 has no factor in common with p, then p is prime.
    /// </summary>
    private static bool IsPrimeGivenHalf(BigInteger p)
    {
        var modulus = new MontgomeryModulus(p.ToByteArray(isUnsigned: true, isBigEndian: true));
        Span<byte> result = stackalloc byte[DhParameters.Size];
        modulus.Power([2], (p - BigInteger.One).ToByteArray(isUnsigned: true, isBigEndian: true), result);
        return BigEndian.Read(result).IsOne && p % 3 != 0;
    }
}
