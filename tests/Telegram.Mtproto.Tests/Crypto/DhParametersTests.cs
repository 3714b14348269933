using System.Numerics;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class DhParametersTests
{
    private readonly SeededRandomSource _random = new(21);

    /// <summary>The safe prime of RFC 3526's group 14, which is not in the table of known ones.</summary>
    private static readonly byte[] OtherPrime = Convert.FromHexString(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
        + "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
        + "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
        + "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
        + "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF");

    [Test]
    public void ModPow_WhenGivenTheDocumentedHandshake_GivesItsNumbers()
    {
        var (publicValue, key) = (new byte[256], new byte[256]);
        DhParameters.ModPow(3, SampleHandshake.B, DhParameters.KnownPrime, publicValue);
        DhParameters.ModPow(SampleHandshake.GA, SampleHandshake.B, DhParameters.KnownPrime, key);

        Assert.That(publicValue, Is.EqualTo(SampleHandshake.GB));
        Assert.That(key, Is.EqualTo(SampleHandshake.AuthKey));
        Assert.That(SampleHandshake.AnswerWithHash.AsSpan().IndexOf(DhParameters.KnownPrime), Is.Positive, "the prime the server sent");
    }

    [Test]
    public void Check_WhenThePrimeIsTheKnownOne_AsksNoRandomness() =>
        Assert.That(DhParameters.Check(DhParameters.KnownPrime, 3, new NoRandomSource()), Is.EqualTo(DhParametersStatus.Valid));

    [TestCase(2, DhParametersStatus.InvalidGenerator)]
    [TestCase(3, DhParametersStatus.Valid)]
    [TestCase(4, DhParametersStatus.Valid)]
    [TestCase(5, DhParametersStatus.InvalidGenerator)]
    [TestCase(6, DhParametersStatus.InvalidGenerator)]
    [TestCase(7, DhParametersStatus.Valid)]
    [TestCase(0, DhParametersStatus.InvalidGenerator)]
    [TestCase(1, DhParametersStatus.InvalidGenerator)]
    [TestCase(8, DhParametersStatus.InvalidGenerator)]
    [TestCase(-3, DhParametersStatus.InvalidGenerator)]
    [TestCase(int.MinValue, DhParametersStatus.InvalidGenerator)]
    public void Check_WhenThePrimeIsKnown_DependsOnTheGenerator(int generator, DhParametersStatus expected) =>
        Assert.That(DhParameters.Check(DhParameters.KnownPrime, generator, _random), Is.EqualTo(expected));

    [Test]
    public void Check_WhenAGeneratorPasses_IsEulersCriterion()
    {
        foreach (var prime in new[] { DhParameters.KnownPrime.ToArray(), OtherPrime })
        {
            var p = new BigInteger(prime, isUnsigned: true, isBigEndian: true);

            // A product is a residue as its factors are: the framework's slow power is needed for the primes alone.
            var isPrimeResidue = new[] { 2, 3, 5, 7 }.ToDictionary(factor => factor, factor => BigInteger.ModPow(factor, p >> 1, p).IsOne);
            for (var generator = 2; generator <= 7; generator++)
            {
                var isResidue = generator switch
                {
                    4 => true,
                    6 => isPrimeResidue[2] == isPrimeResidue[3],
                    _ => isPrimeResidue[generator],
                };
                Assert.That(DhParameters.Check(prime, generator, _random) == DhParametersStatus.Valid, Is.EqualTo(isResidue), $"g = {generator}");
            }
        }
    }

    [Test]
    public void Check_WhenASafePrimeIsNew_TestsItOnceAndRemembersIt()
    {
        Assert.That(DhParameters.Check(OtherPrime, 2, _random), Is.EqualTo(DhParametersStatus.Valid));
        Assert.That(DhParameters.Check(OtherPrime, 2, new NoRandomSource()), Is.EqualTo(DhParametersStatus.Valid));
    }

    [Test]
    public void Check_WhenTheNumberIsNoSafePrime_Refuses()
    {
        var p = new BigInteger(OtherPrime, isUnsigned: true, isBigEndian: true);
        foreach (var offset in new[] { 2, 8, -2, 24, -24, 840, 8400 })
        {
            var number = (p + offset).ToByteArray(isUnsigned: true, isBigEndian: true);
            if (number.Length == DhParameters.Size)
            {
                Assert.That(DhParameters.Check(number, 4, _random), Is.EqualTo(DhParametersStatus.NotASafePrime), $"offset {offset}");
            }
        }
    }

    // Found by search for numbers without small factors: 2^2048 − 33329 is prime and its half is not; of 2^2048 − 1409 only the half is prime.
    [TestCase(33329)]
    [TestCase(1409)]
    public void Check_WhenOnlyTheNumberOrItsHalfIsPrime_Refuses(int distance)
    {
        var number = ((BigInteger.One << 2048) - distance).ToByteArray(isUnsigned: true, isBigEndian: true);

        Assert.That(DhParameters.Check(number, 4, _random), Is.EqualTo(DhParametersStatus.NotASafePrime));
    }

    [TestCase(0)]
    [TestCase(255)]
    [TestCase(257)]
    public void Check_WhenTheLengthIsNot256_Refuses(int length)
    {
        var prime = new byte[length];
        prime.AsSpan().Fill(0xFF);

        Assert.That(DhParameters.Check(prime, 3, _random), Is.EqualTo(DhParametersStatus.InvalidLength));
    }

    [Test]
    public void Check_WhenThePrimeHas2047Bits_Refuses()
    {
        var prime = DhParameters.KnownPrime.ToArray();
        prime[0] &= 0x7F;

        Assert.That(DhParameters.Check(prime, 3, _random), Is.EqualTo(DhParametersStatus.InvalidLength));
    }

    [Test]
    public void IsPublicValueInRange_AtTheEdges_FollowsTheGuidelines()
    {
        var p = new BigInteger(DhParameters.KnownPrime, isUnsigned: true, isBigEndian: true);
        var margin = BigInteger.One << (2048 - 64);

        Assert.Multiple(() =>
        {
            Assert.That(InRange(margin), Is.True);
            Assert.That(InRange(p - margin), Is.True);
            Assert.That(InRange(p / 2), Is.True);
            Assert.That(InRange(margin - 1), Is.False);
            Assert.That(InRange(p - margin + 1), Is.False);
            Assert.That(InRange(0), Is.False);
            Assert.That(InRange(1), Is.False);
            Assert.That(InRange(2), Is.False);
            Assert.That(InRange(p - 1), Is.False);
            Assert.That(InRange(p), Is.False);
            Assert.That(InRange(p + 1), Is.False);
            Assert.That(InRange((BigInteger.One << 2048) - 1), Is.False);
            Assert.That(DhParameters.IsPublicValueInRange(new byte[257], DhParameters.KnownPrime), Is.False);
            Assert.That(DhParameters.IsPublicValueInRange([], DhParameters.KnownPrime), Is.False);
            Assert.That(DhParameters.IsPublicValueInRange(SampleHandshake.GA, DhParameters.KnownPrime), Is.True);
        });

        static bool InRange(BigInteger value) =>
            DhParameters.IsPublicValueInRange(value.ToByteArray(isUnsigned: true, isBigEndian: true), DhParameters.KnownPrime);
    }

    [Test]
    public void GenerateExponent_Always_DrawsAll2048Bits()
    {
        var exponent = new byte[256];
        DhParameters.GenerateExponent(new SeededRandomSource(22), exponent);

        Assert.That(exponent, Is.EqualTo(new SeededRandomSource(22).Bytes(256)));
    }

    private sealed class NoRandomSource : IRandomSource
    {
        public void Fill(Span<byte> destination) => Assert.Fail("no randomness is needed");
    }
}
