using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class LeaseStoreTests(StorageProvider provider)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);
    private static readonly LeaseHolder One = new("here", 1, 1, "one");
    private static readonly LeaseHolder Two = new("here", 2, 2, "two");

    private StoreFixture _stores = null!;
    private StoreFixture _others = null!;

    private ILeaseStore Leases => _stores.Get<ILeaseStore>();

    /// <summary>Another process on the same database.</summary>
    private ILeaseStore OthersLeases => _others.Get<ILeaseStore>();

    [SetUp]
    public void SetUp()
    {
        _stores = new StoreFixture(provider);
        _others = _stores.OpenAgain();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _others.DisposeAsync();
        await _stores.DisposeAsync();
    }

    [Test]
    public async Task TakeAsync_WhenItIsHeld_TellsWhoHoldsIt()
    {
        var lease = await Leases.TakeAsync(One, Life, null, default);

        Assert.That(lease.Holder, Is.EqualTo(One));
        Assert.That(await OthersLeases.TakeAsync(Two, Life, null, default), Is.EqualTo(lease));
    }

    [Test]
    public async Task TakeAsync_WhenItHasRunOut_GivesItWithAHigherToken()
    {
        var lease = await Leases.TakeAsync(One, Life, null, default);
        _others.Time.Advance(Life);

        var taken = await OthersLeases.TakeAsync(Two, Life, null, default);

        Assert.That(taken.Holder, Is.EqualTo(Two));
        Assert.That(taken.Token, Is.GreaterThan(lease.Token));
        Assert.That(await Leases.RenewAsync(lease, Life, default), Is.False);
    }

    [Test]
    public async Task RenewAsync_WhenItIsOurs_MakesItLast()
    {
        var lease = await Leases.TakeAsync(One, Life, null, default);
        _stores.Time.Advance(Life / 2);
        Assert.That(await Leases.RenewAsync(lease, Life, default), Is.True);
        _others.Time.Advance(Life);

        Assert.That((await OthersLeases.TakeAsync(Two, Life, null, default)).Holder, Is.EqualTo(One));
    }

    [Test]
    public async Task TakeAsync_WhenItsHolderHasEnded_GivesItUnlessItChangedHands()
    {
        var ended = await Leases.TakeAsync(One, Life, null, default);
        var taken = await OthersLeases.TakeAsync(Two, Life, over: ended, default);
        Assert.That(taken.Holder, Is.EqualTo(Two));

        Assert.That((await Leases.TakeAsync(One, Life, over: ended, default)).Holder, Is.EqualTo(Two));
    }

    [Test]
    public async Task ReleaseAsync_WhenItIsOurs_LetsAnotherTakeItAtOnce()
    {
        var lease = await Leases.TakeAsync(One, Life, null, default);

        await Leases.ReleaseAsync(lease, default);

        Assert.That((await OthersLeases.TakeAsync(Two, Life, null, default)).Holder, Is.EqualTo(Two));
    }

    [Test]
    public async Task IngestAsync_WhenAnotherProcessHasTakenOver_IsRefused()
    {
        var connection = await _stores.AddAuthorizedAsync();
        var batch = new IngestBatch(connection.Id) { Messages = [StoreFixture.Message(1)], State = new UpdateState(2, 0, 0, 0) };
        var lease = await Leases.TakeAsync(One, Life, null, default);
        await OthersLeases.TakeAsync(Two, Life, over: lease, default);

        Assert.That(
            () => _stores.Messages.IngestAsync(batch, default),
            Throws.TypeOf<StorageUnavailableException>().With.Property("Trouble").EqualTo(StorageTrouble.OwnedElsewhere));
        Assert.That(() => _stores.Connections.SaveSessionAsync(connection.Id, connection.SessionNumber, new byte[4], default), Throws.TypeOf<StorageUnavailableException>());
        Assert.That(await _stores.ReadAsync(new MessageFilter(connection.AccountId)), Is.Empty);
        Assert.That(await _stores.Connections.LoadUpdateStateAsync(connection.Id, default), Is.Null);

        await _others.Messages.IngestAsync(batch, default);
        Assert.That(await _stores.ReadAsync(new MessageFilter(connection.AccountId)), Has.Count.EqualTo(1));
    }
}
