using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Dialogs, sending and listening of an operator who is signed in.</summary>
[TestFixture]
internal sealed class MessagingTests
{
    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Load_WhenSignedIn_ListsPeopleGroupsAndAChannel()
    {
        var dialogs = await _operator.DialogsAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dialogs.Select(dialog => (string?)dialog!["type"]).Distinct(), Is.SupersetOf(new[] { "user", "group", "channel" }));
            Assert.That(
                dialogs,
                Is.All.Matches<JsonNode>(dialog => dialog["title"] is not null && dialog.AsObject().ContainsKey("username")));
            Assert.That(
                dialogs.Where(dialog => (string?)dialog!["type"] == "channel").Select(dialog => (long)dialog!["id"]!),
                Is.All.LessThan(-1_000_000_000_000));
        }
    }

    [Test]
    public async Task LoadDialog_WhenCalledTwice_AnswersTheSameRowsAndFetchesNothingTwice()
    {
        var first = await _operator.HistoryAsync(_customer);
        var requests = HistoryRequests();
        var second = await _operator.HistoryAsync(_customer);
        Assert.That(JsonNode.DeepEquals(first, second), Is.True);
        Assert.That(HistoryRequests() - requests, Is.LessThanOrEqualTo(1), "at most a look at the newest page");
    }

    [Test]
    public async Task LoadDialog_WhenDialogIsAGroupOrChannel_AnswersItsMessages()
    {
        foreach (var dialog in (await _operator.DialogsAsync()).Where(dialog => (string?)dialog!["type"] is "group" or "channel"))
        {
            Assert.That(await _operator.HistoryAsync((long)dialog!["id"]!), Is.Not.Empty, dialog.ToJsonString());
        }
    }

    [TestCase(1)]
    [TestCase(-5)]
    [TestCase(-1_001_234_567_890)]
    public async Task LoadDialog_WhenPeerIsUnknown_Is404(long id) =>
        (await _operator.PostAsync(Routes.LoadDialog, new JsonObject { ["id"] = id }))
            .AssertRefused(HttpStatusCode.NotFound, "dialog.not_found");

    [Test]
    public async Task Send_WhenPeerIsUnknown_Is404AndNothingIsStored()
    {
        (await _operator.SendAsync(1, "hello")).AssertRefused(HttpStatusCode.NotFound, "dialog.not_found");
        Assert.That(await _operator.MessagesAsync(), Is.Empty);
    }

    [TestCase("answer", "")]
    [TestCase("user_id", 0L)]
    public async Task Send_WhenFieldIsOutOfRange_Is400AndNothingIsStored(string field, object value)
    {
        var body = new JsonObject { ["user_id"] = _customer, ["answer"] = "hello" };
        body[field] = JsonValue.Create(value);
        (await _operator.PostAsync(Routes.Send, body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);
        Assert.That(await _operator.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Send_WhenTextIsAsLongAsAllowed_IsSentAndOneUnitMoreIsNot()
    {
        (await _operator.SendAsync(_customer, new string('я', 4096))).Ok();
        (await _operator.SendAsync(_customer, new string('я', 4097)))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "answer");
    }

    [Test]
    public async Task Send_WhenMessengerIsAnother_Is400()
    {
        var body = new JsonObject { ["user_id"] = _customer, ["answer"] = "hello", ["messenger"] = "pigeon" };
        (await _operator.PostAsync(Routes.Send, body)).AssertRefused(HttpStatusCode.BadRequest, "messenger.unsupported");
    }

    [Test]
    public async Task GetMessages_WhenMessengerIsAnother_Is400()
    {
        var body = new JsonObject { ["id_account"] = _operator.AccountId, ["messenger"] = "pigeon" };
        (await _operator.PostAsync(Routes.GetMessages, body)).AssertRefused(HttpStatusCode.BadRequest, "messenger.unsupported");
    }

    [TestCase("limit", 0)]
    [TestCase("limit", 10_001)]
    [TestCase("after_id", -1)]
    [TestCase("user_id", 0)]
    public async Task GetMessages_WhenFieldIsOutOfRange_Is400(string field, int value)
    {
        var body = new JsonObject { ["id_account"] = _operator.AccountId, [field] = value };
        (await _operator.PostAsync(Routes.GetMessages, body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);
    }

    [Test]
    public async Task GetMessages_WhenReadInParts_IsTheWhole()
    {
        await _operator.HistoryAsync(_customer);
        var whole = (await _operator.MessagesWithAsync(_customer)).Select(row => (long)row!["id"]!).Order().ToArray();
        List<long> parts = [];
        long[] part;
        do
        {
            part = await PartAsync(afterId: parts.Count == 0 ? 0 : parts.Max());
            parts.AddRange(part);
        }
        while (part.Length > 0);

        Assert.That(parts.Order(), Is.EqualTo(whole));
    }

    [Test]
    public async Task Send_WhenKeyIsRepeated_SendsOnce()
    {
        var first = await SendWithKeyAsync("order-1", "once");
        var second = await SendWithKeyAsync("order-1", "once");
        var other = await SendWithKeyAsync("order-1", "another text");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(first.Ok(), second.Ok()), Is.True);
            other.AssertRefused(HttpStatusCode.Conflict, "send.idempotency_conflict");
            Assert.That(
                _world.Sandbox.Control.Messages(Operator.Phone(1), _customer).Count(message => message.Text == "once"),
                Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Handler_WhenListening_BringsRepliesByItselfAndAfterARestartToo()
    {
        await _operator.ListenAsync();
        await AssertReplyComesAsync("before");
        await _world.RestartApiAsync();
        await AssertReplyComesAsync("after");
    }

    [Test]
    public async Task Handler_WhenTheProcessWasDown_CatchesUpWithoutACall()
    {
        await _operator.ListenAsync();
        await AssertReplyComesAsync("before");
        await _world.RestartApiAsync();
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "while you were away");
        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == "while you were away", "what was written meanwhile");
    }

    [Test]
    public async Task Handler_WhenStopped_SaysSo()
    {
        await _operator.ListenAsync();
        var stopped = (await _operator.PostAsync(Routes.Handler, new JsonObject { ["flag"] = false })).Ok();
        Assert.That(((bool)stopped["listening"]!, stopped["since"]), Is.EqualTo((false, (JsonNode?)null)));
    }

    [Test]
    public async Task Send_WhenTelegramIsAway_IsQueuedAndArrivesLater()
    {
        await _operator.ListenAsync();
        _world.QueueSendsSoon();
        var outage = await _world.TakeTelegramAwayAsync();
        var queued = await _operator.SendAsync(_customer, "patience");
        Assert.That(queued.Status, Is.EqualTo(HttpStatusCode.Accepted), queued.ToString());
        Assert.That((string?)queued.Json["status"], Is.EqualTo("queued"));
        await outage.EndAsync();
        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == "patience", "the queued message");
        Assert.That(
            _world.Sandbox.Control.Messages(Operator.Phone(1), _customer).Count(message => message.Text == "patience"),
            Is.EqualTo(1));
    }

    [Test]
    public async Task Post_WhenTelegramEndedTheSession_Is409()
    {
        _world.Sandbox.Control.Revoke(Operator.Phone(1));
        (await _operator.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");
    }

    private async Task<long[]> PartAsync(long afterId)
    {
        var body = new JsonObject
        {
            ["id_account"] = _operator.AccountId,
            ["user_id"] = _customer,
            ["after_id"] = afterId,
            ["limit"] = 7,
        };
        var rows = (await _operator.PostAsync(Routes.GetMessages, body)).Ok()[_customer.ToString()];
        return [.. (rows?.AsArray() ?? []).Select(row => (long)row!["id"]!)];
    }

    private async Task AssertReplyComesAsync(string text) =>
        await _operator.WaitForReplyAsync(_customer, (await _operator.SendAsync(_customer, text)).Ok());

    private Task<ApiAnswer> SendWithKeyAsync(string key, string text)
    {
        var body = new JsonObject { ["user_id"] = _customer, ["answer"] = text };
        return _operator.PostAsync(Routes.Send, body, ("Idempotency-Key", key));
    }

    private long HistoryRequests() => _world.Sandbox.Control.Stats().Rpcs.GetValueOrDefault("messages.getHistory");
}
