using Crm.Application.Concurrency;
using Testing;

namespace Crm.Application.Tests.Concurrency;

public sealed class SignalTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task WaitAsync_WhenItWasSetBefore_ReturnsOnce()
    {
        var signal = new Signal(_time);
        signal.Set();
        signal.Set();

        await signal.WaitAsync(Timeout.InfiniteTimeSpan, default);
        var second = signal.WaitAsync(TimeSpan.FromSeconds(5), default);

        Assert.That(second.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(5));
        await second;
    }

    [Test]
    public void WaitAsync_WhenItIsCancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = new Signal(_time).WaitAsync(Timeout.InfiniteTimeSpan, cancellation.Token);

        cancellation.Cancel();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }
}
