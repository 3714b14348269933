using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class MessageReaderTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    [Test]
    public async Task ReadAsync_WhenThereAreManyPages_ReadsEachRowOnceInOrder()
    {
        // Many messages share a second and two dialogs share message ids' order, so that every part of the order decides once.
        var messages = Enumerable.Range(1, (SqliteMessageReader.PageSize * 2) + 17)
            .Select(i => StoreFixture.Message(i, dialogId: i % 3 == 0 ? -50 : 100 + (i % 2), date: 1_700_000_000 + (i / 7)));
        await IngestAsync([.. messages.Reverse()]);

        var rows = await Stores.ReadAsync(new MessageFilter(Connection.AccountId));

        Assert.That(rows, Has.Count.EqualTo((SqliteMessageReader.PageSize * 2) + 17));
        Assert.That(rows.Select(row => row.Id), Is.Unique);
        Assert.That(rows.Select(Key), Is.Ordered);
    }

    [Test]
    public async Task ReadAsync_WhenThePageIsExactlyFull_Ends()
    {
        await IngestAsync([.. Enumerable.Range(1, SqliteMessageReader.PageSize).Select(i => StoreFixture.Message(i))]);

        Assert.That(await Stores.ReadAsync(new MessageFilter(Connection.AccountId)), Has.Count.EqualTo(SqliteMessageReader.PageSize));
    }

    [Test]
    public async Task ListBeforeAsync_WhenReadPageByPage_GoesBackThroughTheDialogAlone()
    {
        // Rows are stored newest first, and many share a second: neither the row's id nor the time says what comes before what.
        var messages = Enumerable.Range(1, 60).Select(i => StoreFixture.Message(i, dialogId: i % 3 == 0 ? -50 : 100, date: 1_700_000_000 + (i / 7)));
        await IngestAsync([.. messages.Reverse()]);
        var read = new List<MessageRow>();
        IReadOnlyList<MessageRow>? page;
        do
        {
            page = await Stores.Messages.ListBeforeAsync(Connection.Id, 100, read.Count == 0 ? null : read[0].Id, 7, default);
            read.InsertRange(0, page!);
        }
        while (page!.Count == 7);

        Assert.That(read.Select(row => row.MessageId), Is.EqualTo(Enumerable.Range(1, 60).Where(i => i % 3 != 0)));
        Assert.That(read.Select(row => row.Messenger), Is.All.EqualTo("telegram"));
    }

    [Test]
    public async Task ListBeforeAsync_WhenTheRowIsOfAnotherDialogOrConnection_IsNull()
    {
        await IngestAsync(StoreFixture.Message(1, dialogId: 100), StoreFixture.Message(2, dialogId: -50));
        var other = await Stores.AddAuthorizedAsync();
        var row = (await Stores.Messages.ListBeforeAsync(Connection.Id, 100, null, 10, default))!.Single();

        Assert.That(await Stores.Messages.ListBeforeAsync(Connection.Id, -50, row.Id, 10, default), Is.Null);
        Assert.That(await Stores.Messages.ListBeforeAsync(other.Id, 100, row.Id, 10, default), Is.Null);
        Assert.That(await Stores.Messages.ListBeforeAsync(other.Id, 100, null, 10, default), Is.Empty);
    }

    [Test]
    public async Task ReadAsync_WhenAnotherAccountHasMessages_NeverShowsThem()
    {
        var other = await Stores.AddAuthorizedAsync();
        await IngestAsync(StoreFixture.Message(1, text: "mine"));
        await Stores.Messages.IngestAsync(new IngestBatch(other.Id) { Messages = [StoreFixture.Message(1, text: "theirs")] }, default);

        var mine = await Stores.ReadAsync(new MessageFilter(Connection.AccountId));
        var theirs = await Stores.ReadAsync(new MessageFilter(other.AccountId));
        var foreignConnection = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { ConnectionId = other.Id });

        Assert.That(mine.Select(row => row.Message), Is.EqualTo(new[] { "mine" }));
        Assert.That(theirs.Select(row => row.Message), Is.EqualTo(new[] { "theirs" }));
        Assert.That(foreignConnection, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_WhenTheAccountHasTwoPhones_ReadsBoth()
    {
        await Stores.Connections.ClaimPhoneAsync(Connection.AccountId, Phones.Of("9996620001"), default);
        var second = await Stores.Connections.ClaimPhoneAsync(Connection.AccountId, Phones.Of("9996620002"), default);
        await IngestAsync(StoreFixture.Message(1));
        await Stores.Messages.IngestAsync(new IngestBatch(second!.Id) { Messages = [StoreFixture.Message(1)] }, default);

        var all = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { Messenger = "telegram" });
        var ofSecond = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { ConnectionId = second.Id });

        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(ofSecond, Has.Count.EqualTo(1));
        Assert.That(await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { Messenger = "pigeon" }), Is.Empty);
    }

    [Test]
    public async Task ReadAsync_WhenADialogIsNamed_ReadsOnlyThatOne()
    {
        await IngestAsync(StoreFixture.Message(1), StoreFixture.Message(2, 200), StoreFixture.Message(3, -300));

        var rows = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { DialogId = -300 });

        Assert.That(rows.Select(row => row.MessageId), Is.EqualTo(new int?[] { 3 }));
    }

    [Test]
    public async Task ReadAsync_WhenACallerGoesOnFromTheHighestId_SeesEveryRowOnce()
    {
        await IngestAsync([.. Enumerable.Range(1, 40).Select(i => StoreFixture.Message(i, dialogId: 100 + (i % 5), date: 1_700_000_000 - i))]);

        var seen = new List<MessageRow>();
        while (true)
        {
            var after = seen.Count == 0 ? 0 : seen.Max(row => row.Id);
            var rows = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { AfterId = after, Limit = 7 });
            if (rows.Count == 0)
            {
                break;
            }

            Assert.That(rows.Select(Key), Is.Ordered);
            seen.AddRange(rows);
        }

        Assert.That(seen, Has.Count.EqualTo(40));
        Assert.That(seen.Select(row => row.Id), Is.Unique);
    }

    [Test]
    public async Task ReadAsync_WhenMoreThanAWindowIsNew_ReadsThemAllInOrder()
    {
        var first = await IngestAsync(StoreFixture.Message(1));
        await IngestAsync([.. Enumerable.Range(2, SqliteMessageReader.WindowSize + 5).Select(i => StoreFixture.Message(i, 100 + (i % 2)))]);

        var rows = await Stores.ReadAsync(new MessageFilter(Connection.AccountId) { AfterId = first[0].Id });

        Assert.That(rows, Has.Count.EqualTo(SqliteMessageReader.WindowSize + 5));
        Assert.That(rows.Select(Key), Is.Ordered);
    }

    [Test]
    public async Task ReadAsync_WhenAWindowIsFullOfLongTexts_HoldsAPageOfThem()
    {
        const int Messages = 4_000;
        var text = new string('я', 4_096);
        foreach (var chunk in Enumerable.Range(1, Messages).Chunk(1_000))
        {
            await IngestAsync([.. chunk.Select(i => StoreFixture.Message(i, 100 + (i % 7), text: text))]);
        }

        var (rows, highest) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var row in Stores.Messages.ReadAsync(new MessageFilter(Connection.AccountId) { Limit = Messages }, default))
        {
            if (++rows % 250 == 1)
            {
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.That(rows, Is.EqualTo(Messages));
        Assert.That(highest, Is.LessThan(Messages * 2L * text.Length / 3));
    }

    [Test]
    public async Task ReadAsync_WhileItIsRead_NeitherHoldsBackWritersNorMemory()
    {
        await FillAsync(100_000);
        long rows = 0;
        long highest = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var row in Stores.Messages.ReadAsync(new MessageFilter(Connection.AccountId), default))
        {
            rows++;
            if (rows % 20_000 == 0)
            {
                await IngestAsync(StoreFixture.Message((int)rows + 1_000_000, dialogId: 1));
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.That(rows, Is.EqualTo(100_000));
        Assert.That(highest, Is.LessThan(4 * 1024 * 1024));
    }

    [Test]
    public async Task ReadAsync_WhenACallerStopsInTheMiddle_LeavesTheDatabaseFree()
    {
        await IngestAsync([.. Enumerable.Range(1, 600).Select(i => StoreFixture.Message(i))]);

        await foreach (var row in Stores.Messages.ReadAsync(new MessageFilter(Connection.AccountId), default))
        {
            Assert.That(row.Id, Is.Positive);
            break;
        }

        Assert.That(await IngestAsync(StoreFixture.Message(601)), Has.Count.EqualTo(1));
    }

    private static (long, long, int?, long) Key(MessageRow row) => (row.UserId, row.Timestamp, row.MessageId, row.Id);

    private Task<IReadOnlyList<MessageRow>> IngestAsync(params TelegramMessage[] messages) =>
        Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { IsHistory = true, Messages = messages }, default);

    private async Task FillAsync(int count)
    {
        foreach (var chunk in Enumerable.Range(1, count).Chunk(5_000))
        {
            await IngestAsync([.. chunk.Select(i => StoreFixture.Message(i, dialogId: 100 + (i % 50), text: i.ToString("D200")))]);
        }
    }
}
