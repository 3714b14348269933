using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class PqFactorizationTests
{
    // From core.telegram.org/mtproto/samples-auth_key, as of 2024 and as of 2013.
    [TestCase(SampleHandshake.Pq, SampleHandshake.P, SampleHandshake.Q)]
    [TestCase(0x17ED48941A08F981UL, 0x494C553BUL, 0x53911073UL)]
    [TestCase(15UL, 3UL, 5UL)]
    [TestCase(21UL, 3UL, 7UL)]
    [TestCase(3UL * 2305843009213693951, 3UL, 2305843009213693951UL)]
    [TestCase(3037000453UL * 3037000493, 3037000453UL, 3037000493UL)]
    [TestCase(65537UL * 65539, 65537UL, 65539UL)]
    public void TryFactorize_WhenTheNumberIsAProductOfTwoPrimes_FindsThemInOrder(ulong pq, ulong expectedP, ulong expectedQ)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, pq);

        Assert.That(PqFactorization.TryFactorize(bytes, out var p, out var q), Is.True);
        Assert.That((p, q), Is.EqualTo((expectedP, expectedQ)));
    }

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(9UL)]
    [TestCase(14UL)]
    [TestCase(16UL)]
    [TestCase(105UL)]
    [TestCase(27UL)]
    [TestCase(1402015859UL)]
    [TestCase(9223372036854775783UL, Description = "the largest prime below 2^63")]
    [TestCase(9223372036854775807UL, Description = "2^63 - 1 has seven factors")]
    [TestCase(9223372036854775809UL)]
    [TestCase(18446744073709551615UL)]
    [TestCase(18446744073709551557UL)]
    [TestCase(2UL * 1402015859)]
    [TestCase(1402015859UL * 1402015859)]
    [TestCase(3037000493UL * 3037000493)]
    [TestCase(65537UL * 65537 * 65537)]
    [TestCase(1000003UL * 1000033 * 1000037)]
    public void TryFactorize_WhenTheNumberIsAnythingElse_Refuses(ulong pq)
    {
        Assert.That(PqFactorization.TryFactorize(pq, out var p, out var q), Is.False);
        Assert.That((p, q), Is.EqualTo((0UL, 0UL)));
    }

    [Test]
    public void TryFactorize_WhenTheBytesAreTooMany_Refuses()
    {
        Assert.That(PqFactorization.TryFactorize([], out _, out _), Is.False);
        Assert.That(PqFactorization.TryFactorize([1, 0, 0, 0, 0, 0, 0, 0, 15], out _, out _), Is.False);
        Assert.That(PqFactorization.TryFactorize(new byte[1000], out _, out _), Is.False);
        Assert.That(PqFactorization.TryFactorize([0, 0, 0, 0, 0, 0, 0, 0, 0, 15], out var p, out _), Is.True);
        Assert.That(p, Is.EqualTo(3));
    }

    [Test]
    public void TryFactorize_ForAllSmallNumbers_AgreesWithTrialDivision()
    {
        for (ulong number = 0; number < 5000; number++)
        {
            var factors = Factors(number);
            var expected = factors is [> 2, > 2] && factors[0] != factors[1];

            Assert.That(PqFactorization.TryFactorize(number, out var p, out var q), Is.EqualTo(expected), $"{number}");
            Assert.That(!expected || (p == factors[0] && q == factors[1]), $"{number}");
        }
    }

    [Test]
    public void TryFactorize_ForRandomNumbers_OnlyGivesFactors()
    {
        var random = new SeededRandomSource(23);
        for (var i = 0; i < 300; i++)
        {
            if (PqFactorization.TryFactorize(random.Bytes(8), out var p, out var q))
            {
                Assert.That(p, Is.GreaterThan(1).And.LessThan(q));
            }
        }
    }

    private static List<ulong> Factors(ulong number)
    {
        var factors = new List<ulong>();
        for (ulong divisor = 2; number > 1; divisor++)
        {
            for (; number % divisor == 0; number /= divisor)
            {
                factors.Add(divisor);
            }
        }

        return factors;
    }
}
