using Telegram.Mtproto.Proxies;

namespace Telegram.Mtproto.Tests.Proxies;

internal sealed class X25519PointTests
{
    // Eight times the point, computed in Python with the ladder of RFC 7748. 9 and 10 are on the curve; 2 and 3 are not, so that 4 is taken.
    [TestCase(2, "09b2c04751924933b936f86e10979673ae7c1188930980acf3928babbda55037")]
    [TestCase(9, "6899c948ed6f71f11ea974adcaed787aa15cb6c84d883bd82d5cd6aad7a65f27")]
    [TestCase(10, "26a7ae004eea87af0a672afdc2ccaa69b605311a139323ef73d1e7cd4534914a")]
    public void Draw_FromAPoint_IsEightTimesIt(byte drawn, string expected)
    {
        var point = new byte[32];
        X25519Point.Draw(new Number(drawn), point);

        Assert.That(Hex.Of(point), Is.EqualTo(expected));
    }

    private sealed class Number(byte value) : IRandomSource
    {
        public void Fill(Span<byte> destination)
        {
            destination.Clear();
            destination[0] = value;

            // The highest bit is none of the number's.
            destination[^1] = 0x80;
        }
    }
}
