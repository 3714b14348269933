using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class SendStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private static readonly Error Refusal = new("telegram.write_forbidden", ErrorCategory.Conflict, "No.");

    private long _randomId;

    [Test]
    public async Task AddAsync_WhenTheKeyWasUsed_AnswersTheEarlierSend()
    {
        var first = await AddAsync(key: "k");
        var second = await AddAsync(key: "k", text: "another");

        Assert.That((first.Added, second.Added), Is.EqualTo((true, false)));
        Assert.That(second.Send.Id, Is.EqualTo(first.Send.Id));
        Assert.That(second.Send.Text, Is.EqualTo("hello"));
        Assert.That(second.Send.RandomId, Is.EqualTo(first.Send.RandomId));
    }

    [Test]
    public async Task CountQueuedAsync_WhenSomeAreSentOrFailed_CountsTheOthersOfAllAccounts()
    {
        var other = await Stores.AddAuthorizedAsync();
        Assert.That(await Stores.Sends.CountQueuedAsync(default), Is.Zero);
        var (sent, failed) = ((await AddAsync()).Send, (await AddAsync()).Send);
        await AddAsync();
        await Stores.Sends.AddAsync(new NewSend(other.AccountId, other.Id, 100, "hello", 9, null), default);
        await Stores.Sends.CompleteAsync(sent, new SentMessage(1, 1_700_000_000), default);
        await Stores.Sends.FailAsync(failed, Refusal, default);

        Assert.That(await Stores.Sends.CountQueuedAsync(default), Is.EqualTo(2));
    }

    [Test]
    public async Task AddAsync_WhenTwentyUseOneKeyAtOnce_AddsOne()
    {
        var additions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AddAsync(key: "k"))));

        Assert.That(additions.Count(addition => addition.Added), Is.EqualTo(1));
        Assert.That(additions.Select(addition => addition.Send.Id).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task AddAsync_WhenAnotherAccountUsedTheKey_AddsItsOwn()
    {
        var other = await Stores.AddAuthorizedAsync();
        await AddAsync(key: "k");

        var addition = await Stores.Sends.AddAsync(new NewSend(other.AccountId, other.Id, 100, "hello", 9, "k"), default);

        Assert.That(addition.Added, Is.True);
        Assert.That((await Stores.Sends.FindByKeyAsync(other.AccountId, "k", default))!.AccountId, Is.EqualTo(other.AccountId));
        Assert.That(await Stores.Sends.FindByKeyAsync(other.AccountId, "other", default), Is.Null);
    }

    [Test]
    public async Task CompleteAsync_WhenTheMessageIsNew_StoresItAsSentWithItsEvent()
    {
        var send = (await AddAsync()).Send;

        var row = await Stores.Sends.CompleteAsync(send, new SentMessage(5, 1_700_000_000), default);

        Assert.That((row.Message, row.Answer, row.MessageId, row.Timestamp, row.UserId), Is.EqualTo(("hello", 1, (int?)5, 1_700_000_000L, 100L)));
        Assert.That((await Stores.Sends.FindAsync(send.Id, default))!.Status, Is.EqualTo(SendStatus.Sent));
        Assert.That((await Stores.Sends.FindMessageAsync(send, default))!.Id, Is.EqualTo(row.Id));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { EventTypes.SendQueued, EventTypes.MessageSent, EventTypes.SendSent }));
    }

    [Test]
    public async Task CompleteAsync_WhenItComesTwice_TellsOnce()
    {
        var send = (await AddAsync()).Send;
        await Stores.Sends.CompleteAsync(send, new SentMessage(5, 1_700_000_000), default);

        await Stores.Sends.CompleteAsync(send, new SentMessage(5, 1_700_000_000), default);
        await Stores.Sends.FailAsync(send, Refusal, default);

        Assert.That((await Stores.Sends.FindAsync(send.Id, default))!.Status, Is.EqualTo(SendStatus.Sent));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { EventTypes.SendQueued, EventTypes.MessageSent, EventTypes.SendSent }));
    }

    [Test]
    public async Task CompleteAsync_WhenUpdatesBroughtTheMessageFirst_AnswersThatRow()
    {
        var send = (await AddAsync()).Send;
        var echoed = await Stores.Messages.IngestAsync(
            new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(5, text: "hello", outgoing: true)] }, default);

        var row = await Stores.Sends.CompleteAsync(send, new SentMessage(5, 1_700_000_000), default);

        Assert.That(row.Id, Is.EqualTo(echoed[0].Id));
        Assert.That(await Stores.ReadAsync(new MessageFilter(Connection.AccountId)), Has.Count.EqualTo(1));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { EventTypes.SendQueued, EventTypes.MessageSent, EventTypes.SendSent }));
    }

    [Test]
    public async Task CompleteAsync_WhenUpdatesBringTheMessageLater_KeepsOneRow()
    {
        var send = (await AddAsync()).Send;
        await Stores.Sends.CompleteAsync(send, new SentMessage(5, 1_700_000_000), default);

        var echoed = await Stores.Messages.IngestAsync(
            new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(5, text: "hello", outgoing: true)] }, default);

        Assert.That(echoed, Is.Empty);
    }

    [Test]
    public async Task CompleteWithoutMessageAsync_WhenTelegramHadItBefore_CountsAsSent()
    {
        var send = (await AddAsync()).Send;

        await Stores.Sends.CompleteWithoutMessageAsync(send, default);

        Assert.That((await Stores.Sends.FindAsync(send.Id, default))!.Status, Is.EqualTo(SendStatus.Sent));
        Assert.That(await Stores.Sends.FindMessageAsync(send, default), Is.Null);
    }

    [Test]
    public async Task FailAsync_WhenTelegramRefuses_KeepsTheReasonUntilItIsQueuedAgain()
    {
        var send = (await AddAsync()).Send;

        await Stores.Sends.FailAsync(send, Refusal, default);

        var failed = (await Stores.Sends.FindAsync(send.Id, default))!;
        Assert.That((failed.Status, failed.Error), Is.EqualTo((SendStatus.Failed, Refusal)));
        Assert.That(await EventTypesAsync(), Is.EqualTo(new[] { EventTypes.SendQueued, EventTypes.SendFailed }));

        await Stores.Sends.RequeueAsync(failed, default);

        var queued = (await Stores.Sends.FindAsync(send.Id, default))!;
        Assert.That((queued.Status, queued.Error, queued.RandomId), Is.EqualTo((SendStatus.Queued, (Error?)null, send.RandomId)));
        Assert.That((await EventTypesAsync())[^1], Is.EqualTo(EventTypes.SendQueued));
    }

    [Test]
    public async Task ListDueAsync_WhenSeveralDialogsWait_AnswersEachOnesFirstThatIsDue()
    {
        var first = (await AddAsync()).Send;
        await AddAsync();
        var other = (await AddAsync(dialogId: 200)).Send;
        var later = Stores.Time.GetUtcNow() + TimeSpan.FromSeconds(10);
        await Stores.Sends.DeferAsync(other, later, default);

        var due = await Stores.Sends.ListDueAsync(Stores.Time.GetUtcNow(), 10, default);

        Assert.That(due.Select(send => send.Id), Is.EqualTo(new[] { first.Id }));
        Assert.That(await Stores.Sends.FindNextDueAsync(default), Is.EqualTo(Stores.Time.GetUtcNow()));
        var atLast = await Stores.Sends.ListDueAsync(later, 10, default);
        Assert.That(atLast.Select(send => send.Id), Is.EqualTo(new[] { first.Id, other.Id }));
        Assert.That(atLast[1].Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task ListDueAsync_WhenADialogsFirstIsPutOff_DoesNotLetTheSecondOvertake()
    {
        var first = (await AddAsync()).Send;
        await AddAsync();
        await Stores.Sends.DeferAsync(first, Stores.Time.GetUtcNow() + TimeSpan.FromSeconds(10), default);

        Assert.That(await Stores.Sends.ListDueAsync(Stores.Time.GetUtcNow(), 10, default), Is.Empty);
        Assert.That((await Stores.Sends.FindFirstQueuedAsync(Connection.Id, 100, default))!.Id, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task FindNextDueAsync_WhenNothingWaits_AnswersNull()
    {
        Assert.That(await Stores.Sends.FindNextDueAsync(default), Is.Null);
        Assert.That(await Stores.Sends.FindFirstQueuedAsync(Connection.Id, 100, default), Is.Null);
    }

    private Task<SendAddition> AddAsync(string? key = null, string text = "hello", long dialogId = 100) => Stores.Sends.AddAsync(
        new NewSend(Connection.AccountId, Connection.Id, dialogId, text, Interlocked.Increment(ref _randomId), key), default);

    private async Task<List<string>> EventTypesAsync() =>
        [.. (await Stores.Events.ReadAsync(Connection.AccountId, 0, 100, default)).Events
            .Select(stored => stored.Type)
            .Where(type => type != EventTypes.ConnectionStatus)];
}
