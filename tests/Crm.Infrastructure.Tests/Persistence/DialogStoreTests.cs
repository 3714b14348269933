using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class DialogStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private static readonly TelegramPeer Anna = new(100, DialogType.User, "Anna", "anna", "79990000001", 55);

    [Test]
    public async Task SaveAsync_WhenDialogsAreNew_CanAddressThemInThisConnectionOnly()
    {
        var other = await Stores.AddAuthorizedAsync();

        await Stores.Dialogs.SaveAsync(Connection.Id, [new TelegramDialog(Anna, 3, StoreFixture.Message(1))], default);

        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, 100, default), Is.EqualTo(new DialogPeer(100, 55)));
        Assert.That(await Stores.Dialogs.FindPeerAsync(other.Id, 100, default), Is.Null);
        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, 101, default), Is.Null);
    }

    [Test]
    public async Task SaveAsync_WhenAPeerComesWithoutHashOrPhone_KeepsTheStoredOnes()
    {
        await Stores.Dialogs.SaveAsync(Connection.Id, [new TelegramDialog(Anna, 0, null)], default);
        var incomplete = Anna with { Title = "Anna B.", Phone = null, AccessHash = null };

        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Peers = [incomplete] }, default);

        var peers = await Stores.Dialogs.ListPeersAsync(Connection.Id, default);
        Assert.That(peers, Is.EqualTo(new[] { Anna with { Title = "Anna B." } }));
    }

    [Test]
    public async Task FindPeerAsync_WhenAPeerWasOnlySeenWithoutHash_FindsOnlyBasicGroups()
    {
        TelegramPeer[] peers =
        [
            Anna with { AccessHash = null },
            new TelegramPeer(-5, DialogType.Group, "Sales", null, null, null),
            new TelegramPeer(-1000000000005, DialogType.Channel, "News", null, null, null),
        ];

        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Peers = peers }, default);

        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, 100, default), Is.Null);
        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, -5, default), Is.EqualTo(new DialogPeer(-5, 0)));
        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, -1000000000005, default), Is.Null);
    }

    [Test]
    public async Task SaveAsync_WhenThereAreThousandsOfDialogs_SavesThemAll()
    {
        var dialogs = Enumerable.Range(1, 3000).Select(i => new TelegramDialog(Anna with { DialogId = i }, 0, null)).ToList();

        await Stores.Dialogs.SaveAsync(Connection.Id, dialogs, default);
        await Stores.Dialogs.SaveAsync(Connection.Id, dialogs, default);

        Assert.That(await Stores.Dialogs.ListPeersAsync(Connection.Id, default), Has.Count.EqualTo(3000));
    }
}
