namespace Telegram.Client.Tests.Internal;

public sealed class AsyncSignalTests
{
    [Test]
    public void WaitAsync_WhenSetBefore_CompletesAtOnceAndOnlyOnce()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();

        Assert.That(signal.WaitAsync().AsTask().IsCompleted, Is.True);
        Assert.That(signal.WaitAsync().AsTask().IsCompleted, Is.False);
    }

    [Test]
    public async Task WaitAsync_WhenSetLater_CompletesThen()
    {
        var signal = new AsyncSignal();
        for (var i = 0; i < 1000; i++)
        {
            var waiting = signal.WaitAsync().AsTask();
            signal.Set();
            await waiting;
        }
    }

    [Test]
    public async Task Set_WhenManyThreadsSet_LosesNoWakeUp()
    {
        var signal = new AsyncSignal();
        var produced = 0;
        var producers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Set();
            }
        })).ToArray();

        while (Volatile.Read(ref produced) < 20_000)
        {
            await signal.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }

        await Task.WhenAll(producers);
        Assert.That(produced, Is.EqualTo(20_000));
    }
}
