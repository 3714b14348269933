using System.Data.Common;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class MessageStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private const long ChannelId = -1000000000001;

    [Test]
    public async Task IngestAsync_WhenMessagesAreNew_StoresThemWithTheirEvents()
    {
        var batch = new IngestBatch(Connection.Id)
        {
            Messages = [StoreFixture.Message(2, text: "second", outgoing: true), StoreFixture.Message(1, text: "first")],
        };

        var inserted = await Stores.Messages.IngestAsync(batch, default);

        Assert.That(inserted.Select(row => row.Message), Is.EqualTo(new[] { "first", "second" }));
        var row = inserted[1];
        Assert.Multiple(() =>
        {
            Assert.That(row.AccountId, Is.EqualTo(Connection.AccountId));
            Assert.That(row.Messenger, Is.EqualTo("telegram"));
            Assert.That(row.Answer, Is.EqualTo(1));
            Assert.That(row.UserId, Is.EqualTo(100));
            Assert.That(row.MessageId, Is.EqualTo(2));
            Assert.That(row.Timestamp, Is.EqualTo(1_700_000_002));
            Assert.That(row.Id, Is.GreaterThan(inserted[0].Id));
        });
        Assert.That(await EventsAsync(), Is.EqualTo(new[]
        {
            (EventTypes.MessageReceived, (long?)inserted[0].Id), (EventTypes.MessageSent, inserted[1].Id),
        }));
    }

    [Test]
    public async Task IngestAsync_WhenABatchComesTwice_InsertsOnce()
    {
        var batch = new IngestBatch(Connection.Id) { Messages = [.. Enumerable.Range(1, 250).Select(i => StoreFixture.Message(i))] };

        var first = await Stores.Messages.IngestAsync(batch, default);
        var second = await Stores.Messages.IngestAsync(batch, default);

        Assert.That(first, Has.Count.EqualTo(250));
        Assert.That(second, Is.Empty);
        Assert.That(await ReadAsync(), Has.Count.EqualTo(250));
        Assert.That(await EventsAsync(), Has.Count.EqualTo(250));
    }

    [Test]
    public async Task IngestAsync_WhenABatchRepeatsAMessage_InsertsItOnce()
    {
        var message = StoreFixture.Message(1);

        var inserted = await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Messages = [message, message] }, default);

        Assert.That(inserted, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task IngestAsync_WhenChannelsShareMessageIds_KeepsThemApart()
    {
        var batch = new IngestBatch(Connection.Id)
        {
            Messages = [StoreFixture.Message(1), StoreFixture.Message(1, ChannelId), StoreFixture.Message(1, ChannelId - 1)],
        };

        Assert.That(await Stores.Messages.IngestAsync(batch, default), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task IngestAsync_WhenItIsHistory_TellsNoNews()
    {
        var batch = new IngestBatch(Connection.Id) { IsHistory = true, Messages = [StoreFixture.Message(1)] };

        Assert.That(await Stores.Messages.IngestAsync(batch, default), Has.Count.EqualTo(1));
        Assert.That(await EventsAsync(), Is.Empty);
    }

    [Test]
    public async Task IngestAsync_WhenHistoryBringsWhatWasWrittenWhileListening_TellsItOnce()
    {
        var listening = Connection.Listen(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_002_700)).Value;
        await Stores.Connections.TrySaveAsync(listening, default);
        var messages = new[] { StoreFixture.Message(1), StoreFixture.Message(2), StoreFixture.Message(3) };

        var inserted = await Stores.Messages.IngestAsync(
            new IngestBatch(Connection.Id) { IsHistory = true, Messages = messages }, default);
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Messages = messages }, default);

        Assert.That(await EventsAsync(), Is.EqualTo(new[]
        {
            (EventTypes.MessageReceived, (long?)inserted[1].Id), (EventTypes.MessageReceived, inserted[2].Id),
        }));
    }

    [Test]
    public async Task IngestAsync_WhenADialogIsRead_TellsEachMarkOnceAndNeverBackwards()
    {
        foreach (var (box, id) in new[] { (ReadBox.Inbox, 5), (ReadBox.Inbox, 5), (ReadBox.Outbox, 4), (ReadBox.Inbox, 3), (ReadBox.Inbox, 6) })
        {
            await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Reads = [new ReadMark(100, box, id, 2)] }, default);
        }

        var told = (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10, default)).Events
            .Where(stored => stored.Type == EventTypes.DialogRead);
        Assert.That(told.Select(stored => stored.Data), Is.EqualTo(new[]
        {
            """{"id_user":100,"box":"inbox","message_id":5,"unread_count":2}""",
            """{"id_user":100,"box":"outbox","message_id":4,"unread_count":2}""",
            """{"id_user":100,"box":"inbox","message_id":6,"unread_count":2}""",
        }));
    }

    [Test]
    public async Task ListRevisionsAsync_WhenAMessageWasEdited_AnswersEachWordingToItsOwnerOnly()
    {
        var other = await Stores.AddAuthorizedAsync();
        await IngestAsync(StoreFixture.Message(1, text: "one"));
        await Stores.Messages.IngestAsync(Edit(StoreFixture.Message(1, text: "two") with { EditDate = 1_700_000_100 }), default);
        await Stores.Messages.IngestAsync(Edit(StoreFixture.Message(1, text: "three") with { EditDate = 1_700_000_200 }), default);
        var row = (await ReadAsync()).Single();

        var revisions = await Stores.Messages.ListRevisionsAsync(Connection.AccountId, row.Id, default);

        var now = Stores.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.That((row.Message, row.Revisions), Is.EqualTo(("three", 2)));
        Assert.That(revisions!.Select(revision => (revision.Message, revision.EditedAt, revision.ReplacedAt)), Is.EqualTo(new[]
        {
            ("one", (long?)null, now), ("two", 1_700_000_100, now),
        }));
        Assert.That(await Stores.Messages.ListRevisionsAsync(other.AccountId, row.Id, default), Is.Null);
    }

    [Test]
    public async Task IngestAsync_WhenItFailsHalfWay_LeavesNothing()
    {
        await BreakEventsAsync();
        var batch = new IngestBatch(Connection.Id)
        {
            Peers = [new TelegramPeer(100, DialogType.User, "Anna", null, null, 5)],
            Messages = [StoreFixture.Message(1)],
            State = new UpdateState(1, 1, 1, 1),
            Channels = [new ChannelState(ChannelId, 1)],
            Covered = new CoveredRange(100, 1, 1),
        };

        Assert.That(async () => await Stores.Messages.IngestAsync(batch, default), Throws.InstanceOf<DbException>());

        Assert.That(await ReadAsync(), Is.Empty);
        Assert.That(await Stores.Connections.LoadUpdateStateAsync(Connection.Id, default), Is.Null);
        Assert.That(await Stores.Connections.LoadChannelStatesAsync(Connection.Id, default), Is.Empty);
        Assert.That(await Stores.Coverage.ListAsync(Connection.Id, 100, default), Is.Empty);
        Assert.That(await Stores.Dialogs.FindPeerAsync(Connection.Id, 100, default), Is.Null);
    }

    [Test]
    public async Task IngestAsync_WhenAMessageIsEdited_ShowsTheNewTextAndKeepsTheOld()
    {
        await IngestAsync(StoreFixture.Message(1, text: "old"));

        await Stores.Messages.IngestAsync(Edit(StoreFixture.Message(1, text: "new") with { EditDate = 1_700_000_100 }), default);

        var row = (await ReadAsync()).Single();
        Assert.That((row.Message, row.EditedAt), Is.EqualTo(("new", 1_700_000_100L)));
        Assert.That(await RevisionTextsAsync(), Is.EqualTo(new[] { "old" }));
        Assert.That((await EventsAsync())[^1], Is.EqualTo((EventTypes.MessageEdited, (long?)row.Id)));
    }

    [Test]
    public async Task IngestAsync_WhenAnEditComesTwiceOrLate_ChangesNothing()
    {
        await IngestAsync(StoreFixture.Message(1, text: "old"));
        var latest = Edit(StoreFixture.Message(1, text: "latest") with { EditDate = 1_700_000_200 });
        await Stores.Messages.IngestAsync(latest, default);
        var before = await EventsAsync();

        await Stores.Messages.IngestAsync(latest, default);
        await Stores.Messages.IngestAsync(Edit(StoreFixture.Message(1, text: "late") with { EditDate = 1_700_000_100 }), default);

        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo("latest"));
        Assert.That(await EventsAsync(), Is.EqualTo(before));
        Assert.That(await RevisionTextsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task IngestAsync_WhenAnUnknownMessageIsEdited_StoresItInItsNewWording()
    {
        var inserted = await Stores.Messages.IngestAsync(
            Edit(StoreFixture.Message(1, text: "new") with { EditDate = 1_700_000_100 }), default);

        Assert.That(inserted, Has.Count.EqualTo(1));
        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo("new"));
        Assert.That(await EventsAsync(), Is.EqualTo(new[] { (EventTypes.MessageReceived, (long?)inserted[0].Id) }));
    }

    [Test]
    public async Task IngestAsync_WhenAMessageAndItsEditComeTogether_EndsWithTheEdit()
    {
        var batch = new IngestBatch(Connection.Id)
        {
            Messages = [StoreFixture.Message(1, text: "old")],
            Edits = [StoreFixture.Message(1, text: "new") with { EditDate = 1_700_000_100 }],
        };

        await Stores.Messages.IngestAsync(batch, default);

        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo("new"));
        Assert.That(await RevisionTextsAsync(), Is.EqualTo(new[] { "old" }));
    }

    [Test]
    public async Task IngestAsync_WhenHistoryShowsAnEditThatWasMissed_AppliesIt()
    {
        await IngestAsync(StoreFixture.Message(1, text: "old"));

        var batch = new IngestBatch(Connection.Id)
        {
            IsHistory = true,
            Messages = [StoreFixture.Message(1, text: "new") with { EditDate = 1_700_000_100 }],
        };
        await Stores.Messages.IngestAsync(batch, default);

        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo("new"));
    }

    [Test]
    public async Task IngestAsync_WhenMessagesAreDeleted_MarksThemAndKeepsTheirText()
    {
        await IngestAsync(StoreFixture.Message(1, text: "said"), StoreFixture.Message(2), StoreFixture.Message(1, ChannelId));

        var deletion = new IngestBatch(Connection.Id) { Deletions = [new DeletedMessages(null, [1, 77])] };
        await Stores.Messages.IngestAsync(deletion, default);
        await Stores.Messages.IngestAsync(deletion, default);

        var rows = await ReadAsync();
        var deleted = rows.Single(row => row.DeletedAt is not null);
        Assert.That((deleted.UserId, deleted.MessageId, deleted.Message), Is.EqualTo((100L, (int?)1, "said")));
        Assert.That(deleted.DeletedAt, Is.EqualTo(Stores.Time.GetUtcNow().ToUnixTimeSeconds()));
        Assert.That((await EventsAsync()).Count(stored => stored.Type == EventTypes.MessageDeleted), Is.EqualTo(1));
    }

    [Test]
    public async Task IngestAsync_WhenAChannelDeletes_TouchesNoOtherDialog()
    {
        await IngestAsync(StoreFixture.Message(1), StoreFixture.Message(1, ChannelId));

        await Stores.Messages.IngestAsync(
            new IngestBatch(Connection.Id) { Deletions = [new DeletedMessages(ChannelId, [1])] }, default);

        Assert.That((await ReadAsync()).Single(row => row.DeletedAt is not null).UserId, Is.EqualTo(ChannelId));
    }

    [Test]
    public async Task IngestAsync_WhenTwoAccountsDelete_TouchesOnlyTheOwner()
    {
        var other = await Stores.AddAuthorizedAsync();
        await IngestAsync(StoreFixture.Message(1));
        await Stores.Messages.IngestAsync(new IngestBatch(other.Id) { Messages = [StoreFixture.Message(1)] }, default);

        await Stores.Messages.IngestAsync(new IngestBatch(other.Id) { Deletions = [new DeletedMessages(null, [1])] }, default);

        Assert.That((await ReadAsync()).Single().DeletedAt, Is.Null);
    }

    [Test]
    public void IngestAsync_WhenThereIsNoSuchConnection_Refuses() => Assert.That(
        async () => await Stores.Messages.IngestAsync(new IngestBatch(404), default), Throws.InvalidOperationException);

    [TestCase("emoji 🎉👨‍👩‍👧 and ё")]
    [TestCase("zero \0 in the middle\0")]
    [TestCase("\u202Eright to left\uFFFF")]
    [TestCase("'; DROP TABLE messages; --")]
    [TestCase("")]
    public async Task IngestAsync_WhenTextIsUnusual_ReadsItBackUntouched(string text)
    {
        await IngestAsync(StoreFixture.Message(1, text: text));

        // Not every engine behind SQL Server's protocol has U+0000.
        var stored = Provider is StorageProvider.Sqlite ? text : text.Replace('\0', '\uFFFD');
        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo(stored));
    }

    [Test]
    public async Task IngestAsync_WhenTextHoldsHalfASurrogatePair_ReadsItBackAsAReplacement()
    {
        await IngestAsync(StoreFixture.Message(1, text: "a\uD83Db"));

        Assert.That((await ReadAsync()).Single().Message, Is.EqualTo("a\uFFFDb"));
    }

    private static IngestBatch Edit(TelegramMessage message, long connectionId) => new(connectionId) { Edits = [message] };

    private IngestBatch Edit(TelegramMessage message) => Edit(message, Connection.Id);

    private async Task IngestAsync(params TelegramMessage[] messages) =>
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Messages = messages }, default);

    private async Task<List<Application.Messages.MessageRow>> ReadAsync() =>
        await Stores.ReadAsync(new MessageFilter(Connection.AccountId));

    private async Task<List<(string Type, long? RowId)>> EventsAsync() =>
        [.. (await Stores.Events.ReadAsync(Connection.AccountId, 0, 10_000, default)).Events
            .Where(stored => stored.Type != EventTypes.ConnectionStatus)
            .Select(stored => (stored.Type, stored.MessageRowId))];

    private Task<List<string>> RevisionTextsAsync() => Stores.QueryAsync<string>("SELECT text FROM message_revisions ORDER BY id");

    /// <summary>The events come last within the transaction, so all that is before them must be undone.</summary>
    private Task BreakEventsAsync() => Stores.ExecuteAsync("DROP TABLE events");
}
