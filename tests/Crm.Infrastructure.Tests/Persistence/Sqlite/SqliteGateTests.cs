using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.Sqlite;

[TestFixture]
internal sealed class SqliteGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private SqliteGate _gate = null!;

    [SetUp]
    public async Task EnterAsync()
    {
        _gate = new SqliteGate(Patience);
        Assert.That(await _gate.EnterAsync(new SqliteTurn(), default), Is.True);
    }

    [Test]
    public async Task EnterAsync_WhenOthersStandInLine_LetsThemInFirst()
    {
        var first = _gate.EnterAsync(new SqliteTurn(), default);
        var second = _gate.EnterAsync(new SqliteTurn(), default);
        Assert.That(first.IsCompleted, Is.False);

        _gate.Leave();
        Assert.That(await first, Is.True);
        Assert.That(second.IsCompleted, Is.False);

        _gate.Leave();
        Assert.That(await second, Is.True);
    }

    [Test]
    public async Task EnterAsync_WhenSomebodyElseDoesTheWork_IsPassedOver()
    {
        var write = Write(Durability.PowerLoss);
        var done = _gate.EnterAsync(write, default);
        var next = _gate.EnterAsync(new SqliteTurn(), default);

        Assert.That(_gate.TakeWrite(Durability.PowerLoss), Is.SameAs(write));
        write.Settle();
        Assert.That(await done, Is.False);

        _gate.Leave();
        Assert.That(await next, Is.True);
    }

    [Test]
    public async Task EnterAsync_WhenItsOwnerLeavesWhileTheWorkIsDone_WaitsForItsEnd()
    {
        using var leaving = new CancellationTokenSource();
        var write = Write(Durability.PowerLoss);
        var done = _gate.EnterAsync(write, leaving.Token);
        Assert.That(_gate.TakeWrite(Durability.PowerLoss), Is.SameAs(write));

        await leaving.CancelAsync();
        Assert.That(done.IsCompleted, Is.False);

        write.Fail(new InvalidOperationException());
        Assert.That(await done, Is.False);
    }

    [Test]
    public async Task EnterAsync_WhenItsOwnerLeaves_IsPassedOver()
    {
        using var leaving = new CancellationTokenSource();
        var left = _gate.EnterAsync(Write(Durability.PowerLoss), leaving.Token);
        var next = _gate.EnterAsync(new SqliteTurn(), default);

        await leaving.CancelAsync();

        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_gate.TakeWrite(Durability.PowerLoss), Is.Null);
        _gate.Leave();
        Assert.That(await next, Is.True);
    }

    [Test]
    public async Task EnterAsync_WhenItTakesTooLong_SaysBusyAndLeavesTheLine()
    {
        var gate = new SqliteGate(TimeSpan.Zero);
        await gate.EnterAsync(new SqliteTurn(), default);

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => gate.EnterAsync(new SqliteTurn(), default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Busy));
        gate.Leave();
        Assert.That(await gate.EnterAsync(new SqliteTurn(), default), Is.True);
    }

    [Test]
    public async Task EnterAsync_WhenTooManyWait_SaysBusy()
    {
        var waiting = Enumerable.Range(0, SqliteGate.MaxWaiting).Select(_ => _gate.EnterAsync(new SqliteTurn(), default)).ToList();

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => _gate.EnterAsync(new SqliteTurn(), default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Busy));
        foreach (var turn in waiting)
        {
            _gate.Leave();
            Assert.That(await turn, Is.True);
        }
    }

    [Test]
    public async Task TakeWrite_WhenTheFirstIsToLastLonger_TakesNone()
    {
        var first = _gate.EnterAsync(Write(Durability.PowerLoss), default);
        _ = _gate.EnterAsync(Write(Durability.ProcessCrash), default);

        Assert.That(_gate.TakeWrite(Durability.ProcessCrash), Is.Null);
        _gate.Leave();
        Assert.That(await first, Is.True);
        Assert.That(_gate.TakeWrite(Durability.ProcessCrash), Is.Not.Null);
    }

    [Test]
    public async Task TakeWrite_WhenADeletionStandsFirst_TakesNone()
    {
        var deletion = _gate.EnterAsync(new SqliteTurn(), default);
        _ = _gate.EnterAsync(Write(Durability.ProcessCrash), default);

        Assert.That(_gate.TakeWrite(Durability.PowerLoss), Is.Null);
        _gate.Leave();
        Assert.That(await deletion, Is.True);
    }

    private static SqliteWrite<int> Write(Durability durability) => new(durability, _ => 1);
}
