using Crm.Application.Ownership;
using Crm.Application.Ports;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace Crm.Application.Tests.Ownership;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OwnershipKeeperTests : IDisposable
{
    private static readonly LeaseHolder Self = new("here", 10, 1, "self");
    private static readonly LeaseHolder Other = new("here", 11, 2, "other");

    private readonly ManualTimeProvider _time = new();
    private readonly Leases _leases = new();
    private readonly TelegramOwnership _ownership = new();
    private readonly Observer _observer = new();
    private readonly FakeProcesses _processes = new();
    private readonly OwnershipKeeper _keeper;

    public OwnershipKeeperTests() => _keeper = new OwnershipKeeper(
        _leases, _processes, _ownership, [_observer], _time, NullLogger<OwnershipKeeper>.Instance);

    public void Dispose() => _keeper.Dispose();

    [Test]
    public async Task Beat_WhenNobodyHoldsTheLease_TakesItAtOnce()
    {
        await _keeper.BeatAsync(default);

        Assert.That(_ownership.IsHeld, Is.True);
        Assert.That(_observer.Seen, Is.EqualTo(new[] { "gained" }));
    }

    [Test]
    public async Task Beat_WhenALivingProcessHoldsIt_WaitsAndTakesOverWhenItIsFree()
    {
        _leases.Holder = Other;
        await _keeper.BeatAsync(default);
        Assert.That(_ownership.IsHeld, Is.False);

        _leases.Holder = null;
        await _keeper.BeatAsync(default);

        Assert.That(_ownership.IsHeld, Is.True);
        Assert.That(_observer.Seen, Is.EqualTo(new[] { "gained" }));
    }

    [Test]
    public async Task Beat_WhenItsHolderHasEnded_TakesItWithoutWaiting()
    {
        _leases.Holder = Other;
        _processes.Ended = Other;

        await _keeper.BeatAsync(default);

        Assert.That(_ownership.IsHeld, Is.True);
    }

    [Test]
    public async Task Beat_WhenAnotherProcessHasTakenIt_LetsGo()
    {
        await _keeper.BeatAsync(default);

        _leases.Holder = Other;
        await _keeper.BeatAsync(default);

        Assert.That(_ownership.IsHeld, Is.False);
        Assert.That(_observer.Seen, Is.EqualTo(new[] { "gained", "lost" }));
    }

    [Test]
    public async Task Beat_WhenTheStorageIsAway_LetsGoBeforeTheLeaseEnds()
    {
        await _keeper.BeatAsync(default);
        _leases.IsAway = true;
        await _keeper.BeatAsync(default);
        Assert.That(_ownership.IsHeld, Is.True, "one renewal missed is no reason");

        for (var passed = TimeSpan.Zero; passed < OwnershipKeeper.Grace; passed += OwnershipKeeper.Beat)
        {
            Assert.That(_ownership.IsHeld, Is.True);
            _time.Advance(OwnershipKeeper.Beat);
            await _keeper.BeatAsync(default);
        }

        Assert.That(_ownership.IsHeld, Is.False);
        _leases.IsAway = false;
        await _keeper.BeatAsync(default);
        Assert.That(_observer.Seen, Is.EqualTo(new[] { "gained", "lost", "gained" }));
    }

    [Test]
    public async Task StopAsync_WhenHeld_LetsGoFirstAndThenGivesItBack()
    {
        await _keeper.BeatAsync(default);

        await _keeper.StopAsync(default);

        Assert.That(_observer.Seen, Is.EqualTo(new[] { "gained", "lost" }));
        Assert.That(_leases.Holder, Is.Null);
    }

    [Test]
    public async Task Keeper_WhenTimePasses_RenewsByItself()
    {
        await _keeper.StartAsync(default);
        while (_time.PendingTimers == 0)
        {
            await Task.Yield();
        }

        var renewed = _leases.NextRenewal;
        _time.Advance(OwnershipKeeper.Beat);

        await renewed.WaitAsync(TimeSpan.FromSeconds(30));
        await _keeper.StopAsync(default);
    }

    private sealed class Leases : ILeaseStore
    {
        private readonly TaskCompletionSource _renewal = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _token;

        public LeaseHolder? Holder { get; set; }

        public bool IsAway { get; set; }

        public Task NextRenewal => _renewal.Task;

        public Task<Lease> TakeAsync(LeaseHolder self, TimeSpan life, Lease? over, CancellationToken cancellationToken)
        {
            Check();
            if (Holder is null || over?.Holder == Holder)
            {
                Holder = self;
                _token++;
            }

            return Task.FromResult(new Lease(_token, Holder));
        }

        public Task<bool> RenewAsync(Lease lease, TimeSpan life, CancellationToken cancellationToken)
        {
            Check();
            _renewal.TrySetResult();
            return Task.FromResult(Holder == lease.Holder);
        }

        public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken)
        {
            Check();
            Holder = null;
            return Task.CompletedTask;
        }

        private void Check()
        {
            if (IsAway)
            {
                throw new StorageUnavailableException(StorageTrouble.Busy, "away");
            }
        }
    }

    private sealed class Observer : IOwnershipObserver
    {
        public List<string> Seen { get; } = [];

        public void Gained() => Seen.Add("gained");

        public Task LostAsync()
        {
            Seen.Add("lost");
            return Task.CompletedTask;
        }
    }

    private sealed class FakeProcesses : IProcesses
    {
        public LeaseHolder Self => OwnershipKeeperTests.Self;

        public LeaseHolder? Ended { get; set; }

        public bool HasEnded(LeaseHolder process) => process == Ended;
    }
}
