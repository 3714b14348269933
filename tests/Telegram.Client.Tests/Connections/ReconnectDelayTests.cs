namespace Telegram.Client.Tests.Connections;

public sealed class ReconnectDelayTests
{
    [Test]
    public void Next_WhenFailuresGoOn_DoublesUpToTheLongest()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), new FixedRandom(255));

        var seconds = Enumerable.Range(0, 7).Select(_ => delay.Next().TotalSeconds).ToArray();

        Assert.That(seconds, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 20, 20 }));
    }

    [Test]
    public void Next_WhenRandomIsLowest_StaysAboveHalf()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), new FixedRandom(0));

        Assert.That(delay.Next(), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(delay.Next(), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Next_WhenManyClientsFailAtOnce_SpreadsThem()
    {
        var random = new SeededRandom(7);

        var delays = Enumerable.Range(0, 1000)
            .Select(_ => new ReconnectDelay(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(60), random).Next().TotalSeconds).ToArray();

        Assert.That(delays, Is.All.InRange(4, 8));
        Assert.That(delays.GroupBy(seconds => (int)((seconds - 4) / 0.4)).Count(group => group.Count() > 50), Is.EqualTo(10));
    }

    [Test]
    public void Reset_WhenTheServerWasHeard_BeginsAnew()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), new FixedRandom(255));
        for (var i = 0; i < 100; i++)
        {
            delay.Next();
        }

        delay.Reset();

        Assert.That(delay.Next(), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }
}
