using System.Numerics;
using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Crypto;

/// <summary>Montgomery multiplication modulo an odd number of at most 63 bits.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct MontgomeryWord
{
    // With these bases the test has no exception below 2^64 (Sorenson and Webster).
    private static ReadOnlySpan<byte> Bases => [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

    private readonly ulong _negativeInverse;
    private readonly ulong _squaredRadix;

    public MontgomeryWord(ulong modulus)
    {
        Modulus = modulus;
        var inverse = (3 * modulus) ^ 2;
        for (var bits = 5; bits < 64; bits *= 2)
        {
            inverse *= 2 - (modulus * inverse);
        }

        _negativeInverse = 0 - inverse;
        One = (ulong)((UInt128.One << 64) % modulus);
        _squaredRadix = (ulong)((UInt128)One * One % modulus);
    }

    public ulong Modulus { get; }

    /// <summary>1 in Montgomery's form.</summary>
    public ulong One { get; }

    /// <summary>left · right · 2^(−64).</summary>
    public ulong Multiply(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        var reduced = Math.BigMul(unchecked(low * _negativeInverse), Modulus, out _);

        // The low halves add up to 0 with a carry, unless they are 0.
        var result = high + reduced + (low == 0 ? 0UL : 1UL);
        return result >= Modulus ? result - Modulus : result;
    }

    /// <summary>The next element of the sequence x → x² + c, where every number stands for itself times a power of 2.</summary>
    public ulong Next(ulong current, ulong constant)
    {
        var next = Multiply(current, current) + constant;
        return next >= Modulus ? next - Modulus : next;
    }

    /// <summary>Whether the modulus is prime (Miller and Rabin).</summary>
    public bool IsPrime()
    {
        if (Modulus < 3)
        {
            return false;
        }

        foreach (var candidate in Bases)
        {
            if (Modulus == candidate)
            {
                return true;
            }

            if (Modulus % candidate == 0)
            {
                return false;
            }
        }

        foreach (var candidate in Bases)
        {
            if (!Passes(candidate))
            {
                return false;
            }
        }

        return true;
    }

    private bool Passes(ulong candidate)
    {
        var minusOne = Modulus - One;
        var twos = BitOperations.TrailingZeroCount(Modulus - 1);
        var power = One;
        var square = Multiply(candidate, _squaredRadix);
        for (var exponent = (Modulus - 1) >> twos; exponent != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                power = Multiply(power, square);
            }

            square = Multiply(square, square);
        }

        for (var i = 1; i < twos && power != One && power != minusOne; i++)
        {
            power = Multiply(power, power);
            if (power == One)
            {
                return false;
            }
        }

        return power == One || power == minusOne;
    }
}
