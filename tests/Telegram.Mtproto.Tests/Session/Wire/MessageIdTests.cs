using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Tests.Session.Wire;

[TestFixture]
internal sealed class MessageIdTests
{
    [Test]
    public void FromTime_WhenHalfASecondHasPassed_HasHalfOfTheLowerWord()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(0x51e57ac4L * 1000).AddMilliseconds(500);
        Assert.That(MessageId.FromTime(time), Is.EqualTo(0x51e57ac4_80000000));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(9_999_999)]
    public void ToTime_WhenGivenFromTime_IsWithinAMicrosecond(int ticks)
    {
        var time = new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero).AddTicks(ticks);
        Assert.That((MessageId.ToTime(MessageId.FromTime(time)) - time).Duration(), Is.LessThan(TimeSpan.FromMicroseconds(1)));
    }

    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(-1)]
    [TestCase(0)]
    public void ToTime_WhenGivenAnything_NeverThrows(long messageId) => Assert.That(MessageId.ToTime(messageId).Year, Is.InRange(1901, 2038));

    [Test]
    public void FromTime_WhenBeforeTheEpoch_IsZero() => Assert.That(MessageId.FromTime(DateTimeOffset.MinValue), Is.Zero);
}
