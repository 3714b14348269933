using System.Numerics;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class MontgomeryModulusTests
{
    private readonly SeededRandomSource _random = new(20);

    [Test]
    public void Power_WhenNumbersHaveAnyLength_AgreesWithBigInteger()
    {
        foreach (var length in new[] { 1, 7, 8, 9, 16, 31, 128, 255, 256 })
        {
            for (var i = 0; i < 4; i++)
            {
                var modulus = _random.Bytes(length);
                modulus[0] |= (byte)(i < 2 ? 0x80 : 1);
                modulus[^1] |= 3;
                var number = _random.Bytes(_random.Next(300));
                var exponent = _random.Bytes(_random.Next(40));

                Check(number, exponent, modulus);
            }
        }
    }

    [Test]
    public void Power_AtTheEdges_AgreesWithBigInteger()
    {
        byte[] allOnes = [.. Enumerable.Repeat((byte)0xFF, 256)];
        byte[] barelyAbove = [0x80, .. new byte[254], 1];
        foreach (var modulus in new[] { allOnes, barelyAbove, DhParameters.KnownPrime.ToArray(), [3] })
        {
            foreach (var number in new[] { [], [0], [1], [2], allOnes, modulus, barelyAbove })
            {
                foreach (var exponent in new byte[][] { [], [0], [1], [2], [0, 0, 17], [0xFF, 0xFF] })
                {
                    Check(number, exponent, modulus);
                }
            }
        }
    }

    [Test]
    public void New_WhenTheModulusIsUnusable_Throws()
    {
        foreach (var modulus in new byte[][] { [], [0], [0, 0], [1], [2], [0x80, 0], [1, .. new byte[255], 1] })
        {
            Assert.That(() => new MontgomeryModulus(modulus), Throws.ArgumentException);
        }
    }

    private static void Check(byte[] number, byte[] exponent, byte[] modulus)
    {
        var result = new byte[256];
        new MontgomeryModulus(modulus).Power(number, exponent, result);

        Assert.That(Read(result), Is.EqualTo(BigInteger.ModPow(Read(number), Read(exponent), Read(modulus))));
    }

    private static BigInteger Read(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
