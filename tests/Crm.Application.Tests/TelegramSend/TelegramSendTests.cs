using Crm.Application.AccountAuth;
using Crm.Application.GetMessages;
using Crm.Application.Hosting;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.TelegramSend;
using Crm.Domain;
using Crm.Domain.Dialogs;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Application.Tests.TelegramSend;

public sealed class TelegramSendTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenTelegramTakesIt_AnswersTheStoredRow()
    {
        var sent = (await SendAsync("Добрый день 🎉")).Value;

        Assert.That(sent.Status, Is.EqualTo(SendStatus.Sent));
        var row = sent.Row;
        Assert.That((row.Message, row.Answer, row.UserId, row.AccountId), Is.EqualTo(("Добрый день 🎉", 1, 100L, _account.AccountId)));
        Assert.That((row.MessageId, row.Timestamp), Is.EqualTo((_app.Telegram.Sent[0].MessageId, _app.Telegram.Sent[0].Date)));
        Assert.That((await StoredAsync()).Select(stored => stored.Id), Is.EqualTo(new[] { row.Id }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Handle_WhenTheStorageFailsOnceItIsStored_IsQueuedAndSentOnce(bool isTaken)
    {
        if (isTaken)
        {
            _app.Telegram.OnSent = Fail;
        }
        else
        {
            _app.Telegram.OnCall = call => _ = call.StartsWith("SendMessageAsync", StringComparison.Ordinal) ? Fail() : Task.CompletedTask;
        }

        var answered = (await SendAsync()).Value;

        Assert.That((answered.Status, answered.SendId), Is.EqualTo((SendStatus.Queued, answered.SendId)));
        (_app.Telegram.OnSent, _app.Telegram.OnCall) = (null, null);
        await _app.StartAsync();
        await ApplicationFixture.EventuallyAsync(async () => (await _app.Get<ISendStore>().FindAsync(answered.SendId, default))!.Status is SendStatus.Sent);
        Assert.That(_app.Telegram.Sent, Has.Count.EqualTo(1));

        static Task Fail() => throw new StorageUnavailableException(StorageTrouble.Busy, "away");
    }

    [Test]
    public async Task Handle_WhenTheKeyIsRepeated_SendsOnceAndAnswersTheSame()
    {
        var first = (await SendAsync(key: "k")).Value;
        var second = (await SendAsync(key: "k")).Value;

        Assert.That((second.SendId, second.Row.Id, second.Status), Is.EqualTo((first.SendId, first.Row.Id, SendStatus.Sent)));
        Assert.That(_app.Telegram.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenTwentyRepeatTheKeyAtOnce_SendsOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SendAsync(key: "k"))));

        Assert.That(results.Select(result => result.Value.Row.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(_app.Telegram.Count("SendMessageAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenTheProcessIsBeingStopped_QueuesItForTheNext()
    {
        await _app.Get<Shutdown>().StoppingAsync(default);

        var sent = (await SendAsync()).Value;

        Assert.That(sent.Status, Is.EqualTo(SendStatus.Queued));
        Assert.That(_app.Telegram.Sent, Is.Empty);
        await _app.RestartAsync();
        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Sent.Count == 1);
    }

    [Test]
    public async Task Deliver_WhenTheKeysOfAQueuedTextAreLost_FailsItAndGoesOn()
    {
        await _app.DisposeAsync();
        _app = new ApplicationFixture { SealsQueuedTexts = true };
        await _app.RestartAsync(start: false);
        _account = await _app.AddOperatorAsync();
        await _app.Get<Shutdown>().StoppingAsync(default);
        var lost = (await SendAsync("lost with the keys", key: "k")).Value;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_app.DataDirectory, "crm.db")};Pooling=False"))
        {
            Assert.That(connection.Execute("UPDATE sends SET sealed_text = zeroblob(length(sealed_text)) WHERE text = ''"), Is.EqualTo(1));
        }

        await _app.RestartAsync();

        await ApplicationFixture.EventuallyAsync(async () => (await _app.Get<ISendStore>().FindAsync(lost.SendId, default))!.Status is SendStatus.Failed);
        Assert.That((await SendAsync("lost with the keys", key: "k")).Error, Is.EqualTo(SendErrors.TextLost));
        Assert.That(_app.Telegram.Sent, Is.Empty);
    }

    [TestCase("another text", 100L)]
    [TestCase("hello", -200L)]
    public async Task Handle_WhenTheKeyComesWithAnotherMessage_Refuses(string text, long peerId)
    {
        await SendAsync(key: "k");

        Assert.That((await SendAsync(text, peerId, "k")).Error, Is.EqualTo(SendErrors.IdempotencyConflict));
        Assert.That(_app.Telegram.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenAnotherAccountUsesTheKey_SendsBoth()
    {
        var other = await _app.AddOperatorAsync("other");
        await SendAsync(key: "k");

        var sent = await _app.SendAsync(new TelegramSendCommand(other.AccountId, 100, "theirs", null, "k"));

        Assert.That(sent.Value.Row.Message, Is.EqualTo("theirs"));
    }

    [Test]
    public async Task Handle_WhenTelegramIsAway_QueuesAndDeliversInOrderOnceItIsBack()
    {
        await _app.StartAsync();
        await SendAsync("zero");
        _app.Telegram.Down = TelegramErrors.Unreachable;

        var first = (await SendAsync("one", key: "k1")).Value;
        var second = (await SendAsync("two")).Value;
        Assert.That((first.Status, second.Status), Is.EqualTo((SendStatus.Queued, SendStatus.Queued)));
        Assert.That((first.Row.Id, first.Row.MessageId, first.Row.Message), Is.EqualTo((0L, (int?)null, "one")));

        _app.Telegram.Down = null;
        await EventuallySentAsync(3);

        Assert.That((await StoredAsync()).Select(row => row.Message), Is.EqualTo(new[] { "zero", "one", "two" }));
        var settled = (await SendAsync("one", key: "k1")).Value;
        Assert.That((settled.Status, settled.SendId), Is.EqualTo((SendStatus.Sent, first.SendId)));
        Assert.That(settled.Row.Id, Is.Positive);
    }

    [Test]
    public async Task Start_WhenSomethingWasQueuedBeforeTheRestart_DeliversItUnderItsRandomId()
    {
        await SendAsync("zero");
        _app.Telegram.Down = TelegramErrors.Unreachable;
        await SendAsync("one");
        _app.Telegram.Down = null;

        await _app.RestartAsync();

        await EventuallySentAsync(2);
        var randomIds = _app.Telegram.Calls.Where(call => call.StartsWith("SendMessageAsync", StringComparison.Ordinal)).ToList();
        Assert.That(randomIds, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(randomIds[1..], Is.All.EqualTo(randomIds[1]));
    }

    [Test]
    public async Task Start_WhenTheProcessDiedAfterTelegramTookIt_SendsNoSecondMessage()
    {
        _app.Telegram.OnSent = () => throw new TimeoutException("the process dies here");
        Assert.That(async () => await SendAsync("once"), Throws.TypeOf<TimeoutException>());
        _app.Telegram.OnSent = null;

        await _app.RestartAsync();

        await ApplicationFixture.EventuallyAsync(async () => (await StoredAsync()).Count == 1);
        Assert.That(_app.Telegram.Sent, Has.Count.EqualTo(1));
        Assert.That(_app.Telegram.Count("SendMessageAsync"), Is.EqualTo(2));
    }

    [Test]
    public async Task Handle_WhenTheCallerGoesAway_StillDelivers()
    {
        await _app.StartAsync();
        using var caller = new CancellationTokenSource();
        _app.Telegram.OnSent = async () =>
        {
            _app.Telegram.OnSent = null;
            await caller.CancelAsync();
            caller.Token.ThrowIfCancellationRequested();
        };

        Assert.That(
            async () => await _app.SendAsync(new TelegramSendCommand(_account.AccountId, 100, "hello", null, null), caller.Token),
            Throws.InstanceOf<OperationCanceledException>());

        await ApplicationFixture.EventuallyAsync(async () => (await StoredAsync()).Count == 1);
        Assert.That(_app.Telegram.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenTelegramAsksToWait_RefusesAndTriesAgainOnlyUnderTheSameKey()
    {
        await _app.StartAsync();
        _app.Telegram.Fail("SendMessageAsync", TelegramErrors.FloodWait(TimeSpan.FromSeconds(30)));

        var refused = await SendAsync(key: "k");
        Assert.That((refused.Error!.Category, refused.Error.RetryAfter), Is.EqualTo((ErrorCategory.TooManyRequests, TimeSpan.FromSeconds(30))));
        _app.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(_app.Telegram.Sent, Is.Empty);

        var sent = await SendAsync(key: "k");

        Assert.That(sent.Value.Status, Is.EqualTo(SendStatus.Sent));
        var attempts = _app.Telegram.Calls.Where(call => call.StartsWith("SendMessageAsync", StringComparison.Ordinal)).Distinct();
        Assert.That(attempts.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenTelegramRefuses_AnswersTheSameUnderTheSameKey()
    {
        _app.Telegram.Fail("SendMessageAsync", TelegramErrors.WriteForbidden);

        var first = await SendAsync(key: "k");
        var second = await SendAsync(key: "k");

        Assert.That((first.Error, second.Error), Is.EqualTo((TelegramErrors.WriteForbidden, TelegramErrors.WriteForbidden)));
        Assert.That(_app.Telegram.Count("SendMessageAsync"), Is.EqualTo(1));
        Assert.That(await StoredAsync(), Is.Empty);
    }

    [Test]
    public async Task Handle_WhenTelegramHasTheRandomIdAlready_CountsItAsSent()
    {
        _app.Telegram.AddHistory(100, [5]);
        _app.Telegram.Fail("SendMessageAsync", TelegramErrors.RandomIdDuplicate);

        var sent = (await SendAsync(key: "k")).Value;

        Assert.That((sent.Status, (await SendAsync(key: "k")).Value.Status), Is.EqualTo((SendStatus.Sent, SendStatus.Sent)));
        Assert.That((await StoredAsync()).Select(row => row.MessageId), Is.EqualTo(new int?[] { 5 }));
    }

    [Test]
    public async Task Handle_WhenThePeerIsUnknown_ReadsTheDialogsOnceForManyGuesses()
    {
        var refused = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => SendAsync(peerId: i))));

        Assert.That(refused.Select(result => result.Error), Is.All.EqualTo(TelegramErrors.DialogNotFound));
        Assert.That(_app.Telegram.Count("GetDialogsAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenThePeerIsNew_FindsItAmongTheDialogs()
    {
        await SendAsync();
        _app.Telegram.Dialogs.Add(new TelegramDialog(new TelegramPeer(300, DialogType.User, "New", null, null, 1), 0, null));
        _app.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await SendAsync(peerId: 300)).Value.Status, Is.EqualTo(SendStatus.Sent));
    }

    [Test]
    public async Task Handle_WhenTheQueueHoldsASendOfALostSession_FailsItWithAnEvent()
    {
        await _app.StartAsync();
        await SendAsync("zero");
        _app.Telegram.Down = TelegramErrors.Unreachable;
        var queued = (await SendAsync("one", key: "k")).Value;
        await _app.Get<ISessionMonitor>().SessionEndedAsync(_account.ConnectionId, 0, default);
        _app.Telegram.Down = null;

        await ApplicationFixture.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(5));
            return (await _app.Get<ISendStore>().FindAsync(queued.SendId, default))!.Status == SendStatus.Failed;
        });

        Assert.That((await SendAsync("one", key: "k")).Error, Is.EqualTo(TelegramErrors.NotAuthorized));
        var log = await _app.Get<IEventStore>().ReadAsync(_account.AccountId, 0, 100, default);
        Assert.That(log.Events.Select(stored => stored.Type), Does.Contain(EventTypes.SendFailed));
    }

    [Test]
    public async Task Reached_WhenASendWasPutOff_DeliversItWithoutWaiting()
    {
        await _app.StartAsync();
        await SendAsync("zero");
        _app.Telegram.Down = TelegramErrors.Unreachable;
        var queued = (await SendAsync("one")).Value;
        _app.Telegram.Down = null;

        _app.Get<IReachabilityObserver>().Reached(_account.ConnectionId);

        await ApplicationFixture.EventuallyAsync(async () =>
            (await _app.Get<ISendStore>().FindAsync(queued.SendId, default))!.Status == SendStatus.Sent);
    }

    [Test]
    public async Task Handle_WhenTheMessengerIsAnother_Refuses()
    {
        var refused = await _app.SendAsync(new TelegramSendCommand(_account.AccountId, 100, "hi", "pigeon", null));

        Assert.That(refused.Error!.Code, Is.EqualTo("messenger.unsupported"));
    }

    [TestCase("", 100, null, "answer")]
    [TestCase("   ", 100, null, "answer")]
    [TestCase(null, 100, null, "answer")]
    [TestCase("hi", 0, null, "user_id")]
    [TestCase("hi", 1_000_000_000_000_000, null, "user_id")]
    [TestCase("hi", 100, "", "Idempotency-Key")]
    [TestCase("hi", 100, "a b", "Idempotency-Key")]
    [TestCase("hi", 100, "ключ", "Idempotency-Key")]
    public async Task Send_WhenAFieldIsWrong_NamesIt(string? text, long peerId, string? key, string field)
    {
        var refused = await SendAsync(text!, peerId, key);

        Assert.That(refused.Error!.Fields!.Keys, Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Send_WhenTheTextIsLong_CountsUtf16Units()
    {
        Assert.That((await SendAsync(string.Concat(Enumerable.Repeat("🎉", 2048)))).IsSuccess, Is.True);
        Assert.That((await SendAsync(new string('x', 4097))).Error!.Fields!.Keys, Is.EqualTo(new[] { "answer" }));
        Assert.That((await SendAsync($"half {'\uD83C'}")).Error!.Fields!.Keys, Is.EqualTo(new[] { "answer" }));
    }

    private Task<Result<SendResult>> SendAsync(string text = "hello", long peerId = 100, string? key = null) =>
        _app.SendAsync(new TelegramSendCommand(_account.AccountId, peerId, text, null, key));

    private async Task<List<MessageRow>> StoredAsync() => await ApplicationFixture.ListAsync(
        await _app.SendAsync(new GetMessagesQuery(_account.AccountId, _account.AccountId, null, null, null, null)));

    private Task EventuallySentAsync(int count) => ApplicationFixture.EventuallyAsync(async () =>
    {
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        return (await StoredAsync()).Count == count;
    });
}
