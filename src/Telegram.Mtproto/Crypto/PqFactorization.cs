using System.Numerics;

namespace Telegram.Mtproto.Crypto;

/// <summary>The client's proof of work: <c>pq</c>, the product of two different odd primes, taken apart.</summary>
/// <remarks>
/// Pollard's rho in Brent's form. A number below 2⁶³ takes about 2¹⁶ steps; whatever a server sends, the search ends after a bounded number.
/// <see href="https://core.telegram.org/mtproto/auth_key#proof-of-work"/>.
/// </remarks>
public static class PqFactorization
{
    // The expected number of steps for the largest possible smaller factor is about 2^16; 64 times that never failed to be enough.
    private const int MaxSteps = 1 << 20;
    private const int MaxSequences = 4;
    private const int StepsPerGcd = 128;

    /// <summary>Finds the two factors.</summary>
    /// <param name="pq">The bytes of the server's number, big-endian.</param>
    /// <param name="p">The smaller factor.</param>
    /// <param name="q">The larger factor.</param>
    /// <returns>False unless the number lies below 2⁶³ and is the product of exactly two different odd primes.</returns>
    public static bool TryFactorize(ReadOnlySpan<byte> pq, out ulong p, out ulong q)
    {
        (p, q) = (0, 0);
        pq = pq.TrimStart((byte)0);
        if (pq.Length > sizeof(ulong))
        {
            return false;
        }

        ulong number = 0;
        foreach (var digit in pq)
        {
            number = (number << 8) | digit;
        }

        return TryFactorize(number, out p, out q);
    }

    /// <inheritdoc cref="TryFactorize(ReadOnlySpan{byte}, out ulong, out ulong)"/>
    public static bool TryFactorize(ulong pq, out ulong p, out ulong q)
    {
        (p, q) = (0, 0);
        if (pq is < 15 or > long.MaxValue || pq % 2 == 0)
        {
            return false;
        }

        var field = new MontgomeryWord(pq);
        if (field.IsPrime() || !TryFindFactor(in field, out var factor))
        {
            return false;
        }

        var other = pq / factor;
        if (factor == other || !new MontgomeryWord(factor).IsPrime() || !new MontgomeryWord(other).IsPrime())
        {
            return false;
        }

        (p, q) = (Math.Min(factor, other), Math.Max(factor, other));
        return true;
    }

    private static bool TryFindFactor(in MontgomeryWord field, out ulong factor)
    {
        // The square of a prime defeats the search.
        factor = (ulong)Math.Round(Math.Sqrt(field.Modulus));
        if (factor * factor == field.Modulus)
        {
            return true;
        }

        for (ulong constant = 1; constant <= MaxSequences; constant++)
        {
            if (TrySequence(in field, constant, out factor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Follows x → x² + c and looks for a repetition modulo an unknown factor.</summary>
    private static bool TrySequence(in MontgomeryWord field, ulong constant, out ulong factor)
    {
        ulong current = 2;
        for (int length = 1, steps = 0; steps < MaxSteps; length *= 2)
        {
            var anchor = current;
            for (var i = 0; i < length; i++)
            {
                current = field.Next(current, constant);
            }

            for (var done = 0; done < length && steps < MaxSteps; done += StepsPerGcd)
            {
                var start = current;
                var count = Math.Min(StepsPerGcd, length - done);
                steps += count;
                ulong product = field.One;
                for (var i = 0; i < count; i++)
                {
                    current = field.Next(current, constant);
                    product = field.Multiply(product, Distance(anchor, current));
                }

                factor = Gcd(product, field.Modulus);
                if (factor != 1)
                {
                    return factor != field.Modulus || TryStepByStep(in field, constant, anchor, start, out factor);
                }
            }
        }

        factor = 0;
        return false;
    }

    /// <summary>Both factors fell into one product: goes over it again, one difference at a time.</summary>
    private static bool TryStepByStep(in MontgomeryWord field, ulong constant, ulong anchor, ulong current, out ulong factor)
    {
        factor = 1;
        for (var i = 0; i < StepsPerGcd && factor == 1; i++)
        {
            current = field.Next(current, constant);
            factor = Gcd(Distance(anchor, current), field.Modulus);
        }

        return factor != 1 && factor != field.Modulus;
    }

    private static ulong Distance(ulong left, ulong right) => left > right ? left - right : right - left;

    private static ulong Gcd(ulong left, ulong right)
    {
        if (left == 0)
        {
            return right;
        }

        left >>= BitOperations.TrailingZeroCount(left);
        while (right != 0)
        {
            right >>= BitOperations.TrailingZeroCount(right);
            (left, right) = left < right ? (left, right - left) : (right, left - right);
        }

        return left;
    }
}
