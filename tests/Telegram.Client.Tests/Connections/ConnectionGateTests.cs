using Testing;

namespace Telegram.Client.Tests.Connections;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionGateTests
{
    private readonly ConnectionGate _gate = new();

    [Test]
    public async Task WaitAsync_WhenItOpens_Completes()
    {
        var waiting = _gate.WaitAsync(default);
        Assert.That(waiting.IsCompleted, Is.False);

        _gate.Open();

        await waiting;
        await _gate.WaitAsync(default);
    }

    [Test]
    public void WaitAsync_WhenTheTryFails_FailsAndTheNextWaitsForTheNextTry()
    {
        var waiting = _gate.WaitAsync(default);

        _gate.Lose(new TelegramConnectionException("away"));

        Assert.That(() => waiting, Throws.TypeOf<TelegramConnectionException>());
        Assert.That(_gate.WaitAsync(default).IsCompleted, Is.False);
    }

    [Test]
    public void WaitAsync_WhenAllIsOver_FailsForEver()
    {
        _gate.Fail(new ObjectDisposedException("client"));
        _gate.Fail(new TelegramConnectionException("later"));
        _gate.Lose(new TelegramConnectionException("later"));

        Assert.That(() => _gate.WaitAsync(default), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task DelayAsync_WhenSomebodyWaits_IsCutShort()
    {
        var time = new ManualTimeProvider();
        _gate.Lose(new TelegramConnectionException("away"));
        var delaying = _gate.DelayAsync(TimeSpan.FromMinutes(1), time, default);
        Assert.That(delaying.IsCompleted, Is.False);

        _ = _gate.WaitAsync(default);

        await delaying;
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task DelayAsync_WhenSomebodyHasWaitedSinceTheLoss_DoesNotWait()
    {
        _gate.Lose(new TelegramConnectionException("away"));
        _ = _gate.WaitAsync(default);

        await _gate.DelayAsync(TimeSpan.FromMinutes(1), new ManualTimeProvider(), default);
    }

    [Test]
    public void DelayAsync_WhenTheOneWhoWaitedHasBeenTold_Waits()
    {
        var waiting = _gate.WaitAsync(default);
        _gate.Lose(new TelegramConnectionException("away"));

        Assert.That(_gate.DelayAsync(TimeSpan.FromMinutes(1), new ManualTimeProvider(), default).IsCompleted, Is.False);
        Assert.That(() => waiting, Throws.TypeOf<TelegramConnectionException>());
    }

    [Test]
    public async Task DelayAsync_WhenTimePasses_Ends()
    {
        var time = new ManualTimeProvider();
        var delaying = _gate.DelayAsync(TimeSpan.FromMinutes(1), time, default);

        time.Advance(TimeSpan.FromMinutes(1));

        await delaying;
    }

    [Test]
    public async Task DelayAsync_WhenCancelled_Throws()
    {
        using var cancelling = new CancellationTokenSource();
        var delaying = _gate.DelayAsync(TimeSpan.FromMinutes(1), new ManualTimeProvider(), cancelling.Token);

        await cancelling.CancelAsync();

        Assert.That(() => delaying, Throws.InstanceOf<OperationCanceledException>());
    }
}
