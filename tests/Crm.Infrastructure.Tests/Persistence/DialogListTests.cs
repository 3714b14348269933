using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>The dialogs as they are listed without Telegram.</summary>
[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class DialogListTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private static readonly TelegramPeer Anna = new(100, DialogType.User, "Anna", "anna", "79990000001", 55);

    [Test]
    public async Task ListAsync_WhenPaged_HoldsEachDialogOfTheConnectionOnce()
    {
        var other = await Stores.AddAuthorizedAsync();
        await SaveAsync(other, Enumerable.Range(200, 3).Select(id => new TelegramDialog(Anna with { DialogId = id }, 1, StoreFixture.Message(1, id))));
        long[] ids = [-1000000000005, -7, 1, 2, 3, 4, 5];
        await SaveAsync(Connection, ids.Reverse().Select(id => new TelegramDialog(Anna with { DialogId = id }, 1, StoreFixture.Message(1, id))));
        var listed = new List<long>();
        IReadOnlyList<StoredDialog> page;
        do
        {
            page = await Stores.Dialogs.ListAsync(Connection.Id, listed.Count == 0 ? null : listed[^1], 3, default);
            Assert.That(page, Has.Count.LessThanOrEqualTo(3));
            listed.AddRange(page.Select(dialog => dialog.Peer.DialogId));
        }
        while (page.Count > 0);

        Assert.That(listed, Is.EqualTo(ids));
    }

    [Test]
    public async Task ListAsync_WhenTheLastMessageIsNotStored_TellsItsTimeAlone()
    {
        await SaveAsync(Connection, [new TelegramDialog(Anna, 3, StoreFixture.Message(10))]);
        await StoreAsync(new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(9, text: "an older one")] });

        Assert.That(await OnlyAsync(), Is.EqualTo(new StoredDialog(Anna, 3, null, 1_700_000_010)));
    }

    [Test]
    public async Task ListAsync_WhenMessagesCameSince_TellsTheNewestThatIsNotDeleted()
    {
        await SaveAsync(Connection, [new TelegramDialog(Anna, 3, StoreFixture.Message(10, text: "ten"))]);
        await StoreAsync(new IngestBatch(Connection.Id)
        {
            Messages = [StoreFixture.Message(10, text: "ten"), StoreFixture.Message(12, text: "twelve"), StoreFixture.Message(11, text: "eleven")],
        });
        Assert.That(await OnlyAsync(), Is.EqualTo(new StoredDialog(Anna, 3, "twelve", 1_700_000_012)));

        await StoreAsync(new IngestBatch(Connection.Id) { Deletions = [new DeletedMessages(null, [11, 12])] });
        Assert.That(await OnlyAsync(), Is.EqualTo(new StoredDialog(Anna, 3, "ten", 1_700_000_010)));

        await StoreAsync(new IngestBatch(Connection.Id) { Deletions = [new DeletedMessages(null, [10])] });
        Assert.That(await OnlyAsync(), Is.EqualTo(new StoredDialog(Anna, 3, null, null)));
    }

    [Test]
    public async Task ListAsync_WhenAPeerWasOnlyNamed_ListsItWithItsFirstMessage()
    {
        await StoreAsync(new IngestBatch(Connection.Id) { Peers = [Anna] });
        Assert.That(await Stores.Dialogs.ListAsync(Connection.Id, null, 10, default), Is.Empty);

        await StoreAsync(new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(1, text: "hello")] });

        Assert.That(await OnlyAsync(), Is.EqualTo(new StoredDialog(Anna, 0, "hello", 1_700_000_001)));
    }

    private async Task<StoredDialog> OnlyAsync() => (await Stores.Dialogs.ListAsync(Connection.Id, null, 10, default)).Single();

    private Task SaveAsync(Connection connection, IEnumerable<TelegramDialog> dialogs) => Stores.Dialogs.SaveAsync(connection.Id, [.. dialogs], default);

    private async Task StoreAsync(IngestBatch batch) => await Stores.Messages.IngestAsync(batch, default);
}
