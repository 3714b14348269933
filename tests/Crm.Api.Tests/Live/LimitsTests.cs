using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>What Telegram wants not to be asked again is not asked, whatever callers do meanwhile.</summary>
[TestFixture]
internal sealed class LimitsTests
{
    private const string SendMessage = "messages.sendMessage";
    private const string SendCode = "auth.sendCode";

    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long[] _customers = [];

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customers = await _operator.CustomersAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Send_WhenTheWaitIsLong_Is429AndNotAskedAgainEvenAfterARestart()
    {
        _world.Sandbox.Control.Flood(SendMessage, seconds: 600);
        for (var i = 0; i < 3; i++)
        {
            AssertWait(await _operator.SendAsync(_customers[i % 2], "hello"), "telegram.flood_wait", 500, 600);
            if (i == 1)
            {
                await _world.RestartApiAsync();
            }
        }

        Assert.That(Calls(SendMessage), Is.EqualTo(1));
        var limit = (await LimitsAsync(_operator)).Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)limit["method"], (string?)limit["reason"], limit["id_user"]), Is.EqualTo((SendMessage, "flood_wait", (JsonNode?)null)));
            Assert.That((long)limit["seconds_left"]!, Is.InRange(500, 600));
            Assert.That((long)limit["until"]! - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Is.InRange(500, 601));
        }
    }

    [Test]
    public async Task Send_WhenAnotherAccountIsLimited_IsSent()
    {
        var boris = await Operator.RegisterAsync(_world, "boris");
        await boris.PrepareAsync(Operator.Phone(2), Operator.CloudPassword);
        await boris.AskForCodeAsync();
        (await boris.EnterCodeAsync(Operator.Code)).Ok();
        _world.Sandbox.Control.Flood(SendMessage, seconds: 600);
        AssertWait(await _operator.SendAsync(_customers[0], "hello"), "telegram.flood_wait", 500, 600);

        (await boris.SendAsync((await boris.CustomersAsync())[0], "hello")).Ok();
        Assert.That(await LimitsAsync(boris), Is.Empty);
    }

    [Test]
    public async Task Send_WhenTheWaitIsShort_WaitsAndIsSent()
    {
        _world.Sandbox.Control.Flood(SendMessage, seconds: 1);
        Assert.That((string?)(await _operator.SendAsync(_customers[0], "hello")).Ok()["status"], Is.EqualTo("sent"));
        Assert.That(Calls(SendMessage), Is.EqualTo(2));
        Assert.That(await LimitsAsync(_operator), Is.Empty);
    }

    [Test]
    public async Task Send_WhenShortWaitsAreNotWanted_Is429()
    {
        await _world.RestartApiAsync(("Telegram:MaxFloodWaitSeconds", "0"));
        _world.Sandbox.Control.Flood(SendMessage, seconds: 20);
        AssertWait(await _operator.SendAsync(_customers[0], "hello"), "telegram.flood_wait", 10, 20);
        Assert.That(Calls(SendMessage), Is.EqualTo(1));
    }

    [Test]
    public async Task Send_WhenTheDialogIsInSlowMode_LeavesOtherDialogsAlone()
    {
        _world.Sandbox.Control.RpcError(SendMessage, 420, "SLOWMODE_WAIT_300");
        AssertWait(await _operator.SendAsync(_customers[0], "hello"), "telegram.flood_wait", 200, 300);
        AssertWait(await _operator.SendAsync(_customers[0], "hello"), "telegram.flood_wait", 200, 300);
        (await _operator.SendAsync(_customers[1], "hello")).Ok();
        Assert.That(Calls(SendMessage), Is.EqualTo(2));
        Assert.That((long)(await LimitsAsync(_operator)).Single()!["id_user"]!, Is.EqualTo(_customers[0]));
    }

    [Test]
    public async Task Send_WhenTheAccountIsHeldForFlooding_IsNotTriedAgainForAWhile()
    {
        _world.Sandbox.Control.RpcError(SendMessage, 400, "PEER_FLOOD");
        AssertWait(await _operator.SendAsync(_customers[0], "hello"), "telegram.peer_flood", 3000, 3600);
        AssertWait(await _operator.SendAsync(_customers[1], "hello"), "telegram.peer_flood", 3000, 3600);
        Assert.That(Calls(SendMessage), Is.EqualTo(1));
    }

    [Test]
    public async Task Send_WhenItIsQueuedAndMeetsALimit_IsDeliveredOnceTheLimitEnds()
    {
        _world.QueueSendsSoon();
        var outage = await _world.TakeTelegramAwayAsync();
        Assert.That((await _operator.SendAsync(_customers[0], "patience")).Status, Is.EqualTo(HttpStatusCode.Accepted));
        _world.Sandbox.Control.Flood(SendMessage, seconds: 7);
        await outage.EndAsync();
        await Eventually.ReadAsync(() => LimitsAsync(_operator), limits => limits.Count == 1, "the limit");
        await Eventually.ReadAsync(
            () => Task.FromResult(_world.Sandbox.Control.Messages(Operator.Phone(1), _customers[0]).Count(message => message.Text == "patience")),
            count => count == 1,
            "the queued message");
        Assert.That(Calls(SendMessage), Is.EqualTo(2));
    }

    [Test]
    public async Task Load_WhenAPageOfDialogsMeetsAShortWait_AnswersTheWhole()
    {
        var before = (await _operator.DialogsAsync()).Count;
        _world.Sandbox.Control.Flood("messages.getDialogs", seconds: 1);
        Assert.That(await _operator.DialogsAsync(), Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Auth_WhenAskingForACodeMeetsAWait_IsNeitherWaitedOutNorRepeated()
    {
        var boris = await Operator.RegisterAsync(_world, "boris");
        await boris.PrepareAsync(Operator.Phone(2));
        var before = Calls(SendCode);
        _world.Sandbox.Control.Flood(SendCode, seconds: 3);
        AssertWait(await AskAsync(boris), "telegram.flood_wait", 1, 3);
        AssertWait(await AskAsync(boris), "telegram.flood_wait", 1, 3);
        Assert.That(Calls(SendCode) - before, Is.EqualTo(1));

        await Eventually.ReadAsync(() => AskAsync(boris), answer => answer.Status == HttpStatusCode.OK, "the code, when the wait is over");
        Assert.That(Calls(SendCode) - before, Is.EqualTo(2));
    }

    [Test]
    public async Task Auth_WhenTheAnswerToACodeRequestIsLost_Is503AndNoCodeIsSentUnasked()
    {
        var boris = await Operator.RegisterAsync(_world, "boris");
        await boris.PrepareAsync(Operator.Phone(2));
        var before = Calls(SendCode);
        _world.Sandbox.Control.LoseAnswer(SendCode);
        (await AskAsync(boris)).AssertRefused(HttpStatusCode.ServiceUnavailable, "telegram.unreachable");
        Assert.That(Calls(SendCode) - before, Is.EqualTo(1));
    }

    private static Task<ApiAnswer> AskAsync(Operator someone) => someone.PostAsync(Routes.Auth, new JsonObject { ["flag"] = false });

    private static async Task<JsonArray> LimitsAsync(Operator someone) => (await someone.GetAsync("limits")).Ok().AsArray();

    private long Calls(string method) => _world.Sandbox.Control.Stats().Rpcs.GetValueOrDefault(method);

    private static void AssertWait(ApiAnswer answer, string code, int atLeast, int atMost)
    {
        answer.AssertRefused(HttpStatusCode.TooManyRequests, code);
        Assert.That(answer.Headers.RetryAfter?.Delta?.TotalSeconds, Is.InRange(atLeast, atMost));
    }
}
