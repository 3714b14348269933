using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Tests.Session.Wire;

[TestFixture]
internal sealed class ReceivedIdsTests
{
    [Test]
    public void Add_WhenSeenBefore_SaysDuplicate()
    {
        var ids = new ReceivedIds(16);
        Assert.That(ids.Add(5), Is.EqualTo(Receipt.New));
        Assert.That(ids.Add(3), Is.EqualTo(Receipt.New));
        Assert.That(ids.Add(9), Is.EqualTo(Receipt.New));
        Assert.That(new long[] { 3, 5, 9 }.Select(ids.Add), Is.All.EqualTo(Receipt.Duplicate));
        Assert.That(ids.Check(4), Is.EqualTo(Receipt.New));
        Assert.That(ids.Highest, Is.EqualTo(9));
    }

    [Test]
    public void Add_WhenFull_ForgetsTheLowest()
    {
        var ids = new ReceivedIds(8);
        for (var id = 1; id <= 9; id++)
        {
            ids.Add(id);
        }

        Assert.That(ids.Check(1), Is.EqualTo(Receipt.Forgotten));
        Assert.That(ids.Check(0), Is.EqualTo(Receipt.Forgotten));
        Assert.That(ids.Check(9), Is.EqualTo(Receipt.Duplicate));
    }

    [Test]
    public void Add_WhenFullAndLowerThanAll_IsForgottenAtOnce()
    {
        var ids = new ReceivedIds(4);
        foreach (var id in new long[] { 10, 20, 30, 40 })
        {
            ids.Add(id);
        }

        Assert.That(ids.Add(5), Is.EqualTo(Receipt.Forgotten));
    }

    [Test]
    public void Add_WhenGivenIdsAtRandom_NeverTakesOneTwice([Values(1, 2, 3)] int seed)
    {
        var random = new SeededRandomSource(seed);
        var ids = new ReceivedIds(32);
        var taken = new HashSet<long>();
        for (var i = 0; i < 5000; i++)
        {
            var id = (i / 4) + random.Next(40);
            if (ids.Add(id) == Receipt.New)
            {
                Assert.That(taken.Add(id), Is.True, $"{id}");
            }
        }

        Assert.That(taken, Has.Count.GreaterThan(1000));
    }
}
