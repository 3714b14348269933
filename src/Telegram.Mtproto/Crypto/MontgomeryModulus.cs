using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>
/// Powers modulo an odd number of at most 2048 bits, by Montgomery multiplication. The time depends on the lengths alone, not on base or exponent,
/// and is a fraction of <see cref="BigInteger.ModPow"/>'s.
/// </summary>
internal sealed class MontgomeryModulus
{
    private const int LimbSize = sizeof(ulong);
    private const int MaxLimbs = 256 / LimbSize;
    private const int WindowBits = 4;
    private const int WindowSize = 1 << WindowBits;

    private readonly ulong[] _modulus;
    private readonly ulong[] _one;
    private readonly ulong[] _squaredRadix;
    private readonly ulong _negativeInverse;

    /// <summary>Prepares a modulus.</summary>
    /// <param name="modulus">Big-endian, odd, greater than 1.</param>
    /// <exception cref="ArgumentException">The modulus is even, 1, or longer than 256 bytes.</exception>
    public MontgomeryModulus(ReadOnlySpan<byte> modulus)
    {
        modulus = modulus.TrimStart((byte)0);
        if (modulus.Length is 0 or > MaxLimbs * LimbSize || (modulus[^1] & 1) == 0 || modulus is [1])
        {
            throw new ArgumentException("The modulus must be an odd number above 1 of at most 2048 bits.", nameof(modulus));
        }

        Value = BigEndian.Read(modulus);
        var limbs = (modulus.Length + LimbSize - 1) / LimbSize;
        _modulus = ToLimbs(Value, limbs);
        _one = ToLimbs((BigInteger.One << (64 * limbs)) % Value, limbs);
        _squaredRadix = ToLimbs((BigInteger.One << (128 * limbs)) % Value, limbs);

        // Newton's iteration doubles the number of right bits: 5 at first, for an odd number n, in 3n ⊕ 2.
        var inverse = (3 * _modulus[0]) ^ 2;
        for (var bits = 5; bits < 64; bits *= 2)
        {
            inverse *= 2 - (_modulus[0] * inverse);
        }

        _negativeInverse = 0 - inverse;
    }

    public BigInteger Value { get; }

    /// <summary>Computes <paramref name="number"/> to the power of <paramref name="exponent"/>; all numbers are big-endian.</summary>
    /// <param name="number">Any length; reduced if it is not below the modulus.</param>
    /// <param name="exponent">Any length.</param>
    /// <param name="destination">At least as long as the modulus; filled whole, with leading zero bytes.</param>
    public void Power(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        var limbs = _modulus.Length;
        Span<ulong> table = stackalloc ulong[WindowSize * MaxLimbs];
        Span<ulong> result = stackalloc ulong[MaxLimbs];
        Span<ulong> factor = stackalloc ulong[MaxLimbs];
        table = table[..(WindowSize * limbs)];
        result = result[..limbs];
        factor = factor[..limbs];

        Load(number, factor);
        _one.CopyTo(table);
        Multiply(factor, _squaredRadix, table.Slice(limbs, limbs));
        for (var power = 2; power < WindowSize; power++)
        {
            Multiply(table.Slice((power - 1) * limbs, limbs), table.Slice(limbs, limbs), table.Slice(power * limbs, limbs));
        }

        _one.CopyTo(result);
        foreach (var window in exponent)
        {
            Step(result, table, factor, window >> WindowBits);
            Step(result, table, factor, window & (WindowSize - 1));
        }

        factor.Clear();
        factor[0] = 1;
        Multiply(result, factor, result);
        Store(result, destination);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(table));
    }

    private void Step(Span<ulong> result, ReadOnlySpan<ulong> table, Span<ulong> factor, int digit)
    {
        for (var i = 0; i < WindowBits; i++)
        {
            Multiply(result, result, result);
        }

        // Every entry is read, so that the digit cannot be seen in what was touched.
        factor.Clear();
        for (var entry = 0; entry < WindowSize; entry++)
        {
            var mask = 0UL - (((ulong)(uint)(entry ^ digit) - 1) >> 63);
            var row = table.Slice(entry * factor.Length, factor.Length);
            for (var i = 0; i < factor.Length; i++)
            {
                factor[i] |= row[i] & mask;
            }
        }

        Multiply(result, factor, result);
    }

    /// <summary>left · right · 2^(−64·limbs) modulo the modulus (Koç, Acar, Kaliski: coarsely integrated operand scanning).</summary>
    private void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> destination)
    {
        var modulus = (ReadOnlySpan<ulong>)_modulus;
        Span<ulong> sum = stackalloc ulong[MaxLimbs];
        sum = sum[..modulus.Length];
        left = left[..modulus.Length];
        sum.Clear();
        ulong top = 0;
        foreach (var limb in right)
        {
            // One pass adds both products; the second makes the lowest limb 0, which then is dropped.
            var upper = Math.BigMul(left[0], limb, out var low);
            low = unchecked(low + sum[0]);
            upper += low < sum[0] ? 1UL : 0;
            var quotient = unchecked(low * _negativeInverse);
            var reduced = Math.BigMul(modulus[0], quotient, out var lowest);
            reduced += unchecked(lowest + low) < low ? 1UL : 0;
            for (var i = 1; i < sum.Length && i < left.Length && i < modulus.Length; i++)
            {
                var high = Math.BigMul(left[i], limb, out low);
                low = unchecked(low + upper);
                high += low < upper ? 1UL : 0;
                low = unchecked(low + sum[i]);
                upper = high + (low < sum[i] ? 1UL : 0);

                high = Math.BigMul(modulus[i], quotient, out var other);
                other = unchecked(other + reduced);
                high += other < reduced ? 1UL : 0;
                other = unchecked(other + low);
                reduced = high + (other < low ? 1UL : 0);
                sum[i - 1] = other;
            }

            upper = unchecked(upper + top);
            top = upper < top ? 1UL : 0;
            upper = unchecked(upper + reduced);
            top += upper < reduced ? 1UL : 0;
            sum[^1] = upper;
        }

        Reduce(sum, top, destination);
    }

    /// <summary>Subtracts the modulus if the sum is not below it, without a branch on which of both it was.</summary>
    private void Reduce(ReadOnlySpan<ulong> sum, ulong top, Span<ulong> destination)
    {
        Span<ulong> difference = stackalloc ulong[MaxLimbs];
        ulong borrow = 0;
        for (var i = 0; i < sum.Length; i++)
        {
            var partial = unchecked(sum[i] - _modulus[i]);
            var next = partial > sum[i] ? 1UL : 0;
            difference[i] = unchecked(partial - borrow);
            next += difference[i] > partial ? 1UL : 0;
            borrow = next;
        }

        var keep = 0UL - (borrow & ~top & 1);
        for (var i = 0; i < sum.Length; i++)
        {
            destination[i] = (sum[i] & keep) | (difference[i] & ~keep);
        }
    }

    private void Load(ReadOnlySpan<byte> number, Span<ulong> limbs)
    {
        if (number.Length > limbs.Length * LimbSize)
        {
            ToLimbs(BigEndian.Read(number) % Value, limbs.Length).CopyTo(limbs);
            return;
        }

        Span<byte> padded = stackalloc byte[MaxLimbs * LimbSize];
        padded = padded[..(limbs.Length * LimbSize)];
        padded.Clear();
        number.CopyTo(padded[^number.Length..]);
        for (var i = 0; i < limbs.Length; i++)
        {
            limbs[^(i + 1)] = BinaryPrimitives.ReadUInt64BigEndian(padded[(i * LimbSize)..]);
        }
    }

    private static void Store(ReadOnlySpan<ulong> limbs, Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[MaxLimbs * LimbSize];
        padded = padded[..(limbs.Length * LimbSize)];
        for (var i = 0; i < limbs.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(padded[(i * LimbSize)..], limbs[^(i + 1)]);
        }

        var surplus = destination.Length - padded.Length;
        destination[..Math.Max(surplus, 0)].Clear();
        padded[Math.Max(-surplus, 0)..].CopyTo(destination[Math.Max(surplus, 0)..]);
    }

    private static ulong[] ToLimbs(BigInteger value, int count)
    {
        var bytes = new byte[count * LimbSize];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        var limbs = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * LimbSize));
        }

        return limbs;
    }
}
