using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>A database that isn't there at the start ends it, or is waited for.</summary>
[TestFixture]
internal sealed class StorageStartTests
{
    private readonly ManualTimeProvider _time = new();
    private FakeStorage _storage = null!;

    [SetUp]
    public void Create() => _storage = new FakeStorage();

    [TearDown]
    public void Dispose() => _storage.Opening.Dispose();

    [Test]
    public async Task Start_WhenTheDatabaseIsNotThere_Fails()
    {
        using var start = Create(waits: false);
        Assert.That(() => start.StartingAsync(default), Throws.TypeOf<StorageUnavailableException>());

        _storage.IsThere = true;
        await start.StartingAsync(default);
        Assert.That(_storage.Tries, Is.EqualTo(2));
    }

    [Test]
    public async Task Start_WhenItIsToBeWaitedFor_TriesAgainAfterLongerAndLongerWaits()
    {
        using var start = Create(waits: true);
        await start.StartingAsync(default);
        foreach (var (wait, tries) in new[] { (1, 2), (2, 3), (4, 4), (8, 5), (16, 6), (30, 7), (30, 8) })
        {
            _time.Advance(TimeSpan.FromSeconds(wait - 0.1));
            Assert.That(_storage.Tries, Is.EqualTo(tries - 1), "not yet");
            _time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.That(_storage.Tries, Is.EqualTo(tries));
        }

        await start.StoppingAsync(default);
    }

    [Test]
    public async Task Start_WhenOthersAskMeanwhile_TellsThemWithoutATry()
    {
        using var start = Create(waits: true);
        await start.StartingAsync(default);
        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => _storage.Opening.EnsureAsync(default));
        Assert.That((exception!.Trouble, _storage.Tries), Is.EqualTo((StorageTrouble.Unreachable, 1)));

        _storage.IsThere = true;
        _time.Advance(StorageStart.FirstWait);
        await _storage.Opening.EnsureAsync(default);
        _time.Advance(StorageStart.LongestWait);
        Assert.That(_storage.Tries, Is.EqualTo(2), "once is enough");
        await start.StoppingAsync(default);
    }

    private StorageStart Create(bool waits) =>
        new(_storage, new PersistenceOptions { Waits = waits }, _time, NullLogger<StorageStart>.Instance);

    private sealed class FakeStorage : IOpenedStorage
    {
        public FakeStorage() => Opening = new StorageOpening(_ => TryOpenAsync());

        public StorageOpening Opening { get; }

        public bool IsThere { get; set; }

        public int Tries { get; private set; }

        private Task TryOpenAsync()
        {
            Tries++;
            return IsThere ? Task.CompletedTask : throw new StorageUnavailableException(StorageTrouble.Unreachable, "It is away.");
        }
    }
}
