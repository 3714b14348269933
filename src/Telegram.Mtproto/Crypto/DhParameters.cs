using System.Numerics;

namespace Telegram.Mtproto.Crypto;

/// <summary>The Diffie-Hellman group of a handshake and the checks that a client (and a server) owes itself.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/security_guidelines#mtproto-encryption-keys"/>.</remarks>
public static class DhParameters
{
    /// <summary>The length of every number of the group in bytes, big-endian.</summary>
    public const int Size = 256;

    /// <summary>The generator that Telegram's servers use with <see cref="KnownPrime"/>.</summary>
    public const int KnownGenerator = 3;

    private const int MinMargin = 2048 - 64;

    private static readonly BigInteger Margin = BigInteger.One << MinMargin;

    private static readonly MontgomeryModulus KnownModulus = new(KnownPrime);

    /// <summary>The prime that Telegram's servers use: a safe prime of 2048 bits, as the specification gives it.</summary>
    public static ReadOnlySpan<byte> KnownPrime =>
    [
        0xC7, 0x1C, 0xAE, 0xB9, 0xC6, 0xB1, 0xC9, 0x04, 0x8E, 0x6C, 0x52, 0x2F, 0x70, 0xF1, 0x3F, 0x73,
        0x98, 0x0D, 0x40, 0x23, 0x8E, 0x3E, 0x21, 0xC1, 0x49, 0x34, 0xD0, 0x37, 0x56, 0x3D, 0x93, 0x0F,
        0x48, 0x19, 0x8A, 0x0A, 0xA7, 0xC1, 0x40, 0x58, 0x22, 0x94, 0x93, 0xD2, 0x25, 0x30, 0xF4, 0xDB,
        0xFA, 0x33, 0x6F, 0x6E, 0x0A, 0xC9, 0x25, 0x13, 0x95, 0x43, 0xAE, 0xD4, 0x4C, 0xCE, 0x7C, 0x37,
        0x20, 0xFD, 0x51, 0xF6, 0x94, 0x58, 0x70, 0x5A, 0xC6, 0x8C, 0xD4, 0xFE, 0x6B, 0x6B, 0x13, 0xAB,
        0xDC, 0x97, 0x46, 0x51, 0x29, 0x69, 0x32, 0x84, 0x54, 0xF1, 0x8F, 0xAF, 0x8C, 0x59, 0x5F, 0x64,
        0x24, 0x77, 0xFE, 0x96, 0xBB, 0x2A, 0x94, 0x1D, 0x5B, 0xCD, 0x1D, 0x4A, 0xC8, 0xCC, 0x49, 0x88,
        0x07, 0x08, 0xFA, 0x9B, 0x37, 0x8E, 0x3C, 0x4F, 0x3A, 0x90, 0x60, 0xBE, 0xE6, 0x7C, 0xF9, 0xA4,
        0xA4, 0xA6, 0x95, 0x81, 0x10, 0x51, 0x90, 0x7E, 0x16, 0x27, 0x53, 0xB5, 0x6B, 0x0F, 0x6B, 0x41,
        0x0D, 0xBA, 0x74, 0xD8, 0xA8, 0x4B, 0x2A, 0x14, 0xB3, 0x14, 0x4E, 0x0E, 0xF1, 0x28, 0x47, 0x54,
        0xFD, 0x17, 0xED, 0x95, 0x0D, 0x59, 0x65, 0xB4, 0xB9, 0xDD, 0x46, 0x58, 0x2D, 0xB1, 0x17, 0x8D,
        0x16, 0x9C, 0x6B, 0xC4, 0x65, 0xB0, 0xD6, 0xFF, 0x9C, 0xA3, 0x92, 0x8F, 0xEF, 0x5B, 0x9A, 0xE4,
        0xE4, 0x18, 0xFC, 0x15, 0xE8, 0x3E, 0xBE, 0xA0, 0xF8, 0x7F, 0xA9, 0xFF, 0x5E, 0xED, 0x70, 0x05,
        0x0D, 0xED, 0x28, 0x49, 0xF4, 0x7B, 0xF9, 0x59, 0xD9, 0x56, 0x85, 0x0C, 0xE9, 0x29, 0x85, 0x1F,
        0x0D, 0x81, 0x15, 0xF6, 0x35, 0xB1, 0x05, 0xEE, 0x2E, 0x4E, 0x15, 0xD0, 0x4B, 0x24, 0x54, 0xBF,
        0x6F, 0x4F, 0xAD, 0xF0, 0x34, 0xB1, 0x04, 0x03, 0x11, 0x9C, 0xD8, 0xE3, 0xB9, 0x2F, 0xCC, 0x5B,
    ];

    /// <summary>
    /// Checks a group from the other side: p and (p − 1)/2 prime, p of exactly 2048 bits, and g from 2 to 7 a generator of the subgroup of order
    /// (p − 1)/2. Known primes pass at once; others take some tenths of a second the first time.
    /// </summary>
    /// <param name="prime">256 bytes.</param>
    /// <param name="generator">g.</param>
    /// <param name="random">Gives the witnesses of the primality test.</param>
    public static DhParametersStatus Check(ReadOnlySpan<byte> prime, int generator, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (prime.Length != Size || prime[0] < 0x80)
        {
            return DhParametersStatus.InvalidLength;
        }

        var isKnown = prime.SequenceEqual(KnownPrime);
        var p = isKnown ? KnownModulus.Value : BigEndian.Read(prime);
        if (!IsGenerator(p, generator))
        {
            return DhParametersStatus.InvalidGenerator;
        }

        return isKnown || SafePrime.Check(prime, random) ? DhParametersStatus.Valid : DhParametersStatus.NotASafePrime;
    }

    /// <summary>
    /// Whether a public value (g_a, g_b) is in the range both sides must insist on: 1 &lt; value &lt; p − 1, and
    /// 2^(2048−64) ≤ value ≤ p − 2^(2048−64).
    /// </summary>
    /// <param name="value">Big-endian, at most 256 bytes.</param>
    /// <param name="prime">256 bytes.</param>
    public static bool IsPublicValueInRange(ReadOnlySpan<byte> value, ReadOnlySpan<byte> prime)
    {
        if (value.Length > Size || prime.Length != Size)
        {
            return false;
        }

        var (number, p) = (BigEndian.Read(value), BigEndian.Read(prime));
        return number > BigInteger.One && number < p - BigInteger.One && number >= Margin && number <= p - Margin;
    }

    /// <summary>Draws a secret exponent of 2048 bits.</summary>
    /// <param name="random">A cryptographic source.</param>
    /// <param name="destination">Gets 256 bytes.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void GenerateExponent(IRandomSource random, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (destination.Length < Size)
        {
            throw new ArgumentException("The destination must have 256 bytes.", nameof(destination));
        }

        random.Fill(destination[..Size]);
    }

    /// <summary>
    /// Computes <paramref name="value"/> to the power of <paramref name="exponent"/> modulo <paramref name="modulus"/>; all numbers are big-endian.
    /// The time depends on the lengths alone.
    /// </summary>
    /// <param name="value">The base.</param>
    /// <param name="exponent">The exponent, of any length.</param>
    /// <param name="modulus">An odd number of at most 2048 bits, as every prime that passed <see cref="Check"/> is.</param>
    /// <param name="destination">Gets exactly 256 bytes, with leading zero bytes.</param>
    /// <exception cref="ArgumentException">The modulus is even or too long, or the destination too short.</exception>
    public static void ModPow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus, Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException("The destination must have 256 bytes.", nameof(destination));
        }

        GetModulus(modulus).Power(value, exponent, destination[..Size]);
    }

    /// <inheritdoc cref="ModPow(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>
    public static void ModPow(int value, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> modulus, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, byte.MaxValue);
        ModPow([(byte)value], exponent, modulus, destination);
    }

    internal static MontgomeryModulus GetModulus(ReadOnlySpan<byte> modulus) =>
        modulus.SequenceEqual(KnownPrime) ? KnownModulus : new MontgomeryModulus(modulus);

    /// <summary>Whether g is a quadratic residue modulo p, by the law of quadratic reciprocity.</summary>
    private static bool IsGenerator(BigInteger p, int generator) => generator switch
    {
        2 => (int)(p % 8) == 7,
        3 => (int)(p % 3) == 2,
        4 => true,
        5 => (int)(p % 5) is 1 or 4,
        6 => (int)(p % 24) is 19 or 23,
        7 => (int)(p % 7) is 3 or 5 or 6,
        _ => false,
    };
}
