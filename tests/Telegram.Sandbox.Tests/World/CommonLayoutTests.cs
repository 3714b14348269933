using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.World;

internal sealed class CommonLayoutTests
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 15, 12, 30, 0, TimeSpan.Zero);

    [TestCase(0, 3)]
    [TestCase(1, 5)]
    [TestCase(12, 60)]
    [TestCase(13, 7)]
    public void Ids_OfAllDialogs_FillTheBoxWithoutAGapOrARepeat(int dialogs, int messages)
    {
        var layout = Layout(dialogs, messages, Population.OperatorId(2));

        var ids = Enumerable.Range(0, layout.Slots)
            .SelectMany(slot => Enumerable.Range(0, messages).Select(row => layout.Ids(slot)[row]));

        Assert.That(ids.Order(), Is.EqualTo(Enumerable.Range(1, layout.Count)));
    }

    [Test]
    public void PeerAt_ForEverySlot_IsFoundAgainBySlotOfAndLocate()
    {
        for (var account = 1; account < 8; account++)
        {
            var layout = Layout(13, 4, Population.OperatorId(account));
            for (var slot = 0; slot < layout.Slots; slot++)
            {
                Assert.That(layout.SlotOf(layout.PeerAt(slot)), Is.EqualTo(slot));
                Assert.That(layout.Locate(layout.Ids(slot)[2]), Is.EqualTo((slot, 2)));
            }

            Assert.That(Enumerable.Range(0, layout.Slots).Select(layout.PeerAt), Is.Unique);
        }
    }

    [Test]
    public void SlotOf_ForStrangers_IsNone()
    {
        var layout = Layout(12, 4, Population.OperatorId(1));

        Assert.That(layout.SlotOf(PeerId.User(Customers.IdOf(13))), Is.EqualTo(-1));
        Assert.That(layout.SlotOf(PeerId.User(Population.OperatorId(2))), Is.EqualTo(-1));
        Assert.That(layout.SlotOf(Communities.Group(Population.OperatorId(1) + 5, 0)), Is.EqualTo(-1));
        Assert.That(layout.SlotOf(Communities.News), Is.EqualTo(-1));
    }

    [Test]
    public void DateOf_OverTheWholeBox_GrowsFromMonthsAgoToYesterday()
    {
        var layout = Layout(12, 60, Population.OperatorId(1));
        var dates = Enumerable.Range(1, layout.Count).Select(layout.DateOf).ToArray();

        Assert.That(dates, Is.Ordered);
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(dates[0]), Is.LessThan(Epoch.AddDays(-150)));
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(dates[^1]), Is.LessThan(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(dates[^1]), Is.GreaterThan(Epoch.AddDays(-2)));
    }

    [Test]
    public void Ids_WhenTheWorldIsHuge_StayWithinThirtyTwoBits()
    {
        var size = WorldSize.Of(1, 99_998, 10_000);
        var layout = new CommonLayout(new WorldShape(size, Epoch, 1), Population.OperatorId(1));

        Assert.That(layout.Ids(layout.Slots - 1)[9_999], Is.EqualTo(1_000_000_000));
        Assert.That(layout.DateOf(1_000_000_000), Is.GreaterThan(layout.DateOf(1)));
        Assert.That(() => WorldSize.Of(1, 99_999, 10_000), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    internal static CommonLayout Layout(int dialogs, int messages, long userId) =>
        new(new WorldShape(new WorldSize(8, dialogs, messages), Epoch, 1), userId);
}
