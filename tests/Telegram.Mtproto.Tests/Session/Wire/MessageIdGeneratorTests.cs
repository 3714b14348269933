using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Tests.Session.Wire;

[TestFixture]
internal sealed class MessageIdGeneratorTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Next_WhenTimeStandsStillOrGoesBack_StillGrows(int sender)
    {
        var ids = default(MessageIdGenerator);
        var last = 0L;
        for (var i = 0; i < 1000; i++)
        {
            var id = ids.Next(i % 2 == 0 ? Time : Time.AddSeconds(-100), sender);
            Assert.That(id, Is.GreaterThan(last));
            Assert.That(id & 3, Is.EqualTo(sender));
            last = id;
        }
    }

    [Test]
    public void Next_WhenSendersAlternate_GrowsAllTheSame()
    {
        var ids = default(MessageIdGenerator);
        long[] made = [ids.Next(Time, 3), ids.Next(Time, 1), ids.Next(Time, 3), ids.Next(Time, 1)];
        Assert.That(made, Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public void Next_WhenTheSecondIsWhole_HasAFraction()
    {
        var ids = default(MessageIdGenerator);
        Assert.That((uint)ids.Next(Time, 0), Is.Not.Zero);
    }
}
