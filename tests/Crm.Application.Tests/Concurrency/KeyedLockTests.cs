using Crm.Application.Concurrency;

namespace Crm.Application.Tests.Concurrency;

public sealed class KeyedLockTests
{
    [Test]
    public async Task AcquireAsync_WhenAKeyIsHeld_WaitsForItAndForNoOther()
    {
        var locks = new KeyedLock<string>();
        var held = await locks.AcquireAsync("a", default);

        var waiting = locks.AcquireAsync("a", default);
        using (await locks.AcquireAsync("b", default))
        {
            Assert.That(waiting.IsCompleted, Is.False);
        }

        held.Dispose();
        (await waiting).Dispose();
        Assert.That(locks.Count, Is.Zero);
    }

    [Test]
    public async Task AcquireAsync_WhenAWaiterGivesUp_LeavesTheLockToTheOthers()
    {
        var locks = new KeyedLock<string>();
        var held = await locks.AcquireAsync("a", default);
        using var cancellation = new CancellationTokenSource();
        var waiting = locks.AcquireAsync("a", cancellation.Token);

        await cancellation.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        held.Dispose();
        held.Dispose();

        (await locks.AcquireAsync("a", default)).Dispose();
        Assert.That(locks.Count, Is.Zero);
    }

    [Test]
    public async Task IsWanted_WhenAKeyIsHeld_IsTrueForItAlone()
    {
        var locks = new KeyedLock<string>();

        using (await locks.AcquireAsync("a", default))
        {
            Assert.That((locks.IsWanted("a"), locks.IsWanted("b")), Is.EqualTo((true, false)));
        }

        Assert.That(locks.IsWanted("a"), Is.False);
    }

    [Test]
    public async Task AcquireAsync_WhenManyCompete_LetsOneInAtATime()
    {
        var locks = new KeyedLock<int>();
        var inside = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            using var turn = await locks.AcquireAsync(0, default);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        Assert.That(most, Is.EqualTo(1));
    }
}
