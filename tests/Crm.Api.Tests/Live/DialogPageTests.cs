using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>A dialog as a screen reads it: page by page backwards, what is missing brought in and paused, and marked as read.</summary>
[TestFixture]
internal sealed class DialogPageTests
{
    private const int Messages = 6_000;

    // The first is stored when the third is asked for.
    private const int PagesBefore = 4;

    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync(dialogs: 1, messages: Messages);
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Messages_WhenReadBackwards_AreTheWholeDialogEachOnce()
    {
        var empty = await PageAsync("");
        Assert.That(
            (empty["messages"]!.AsArray().Count, (bool)empty["more"]!, (bool)empty["complete"]!), Is.EqualTo((0, false, false)));
        var whole = await _operator.HistoryAsync(_customer);
        var rows = new List<JsonNode?>();
        JsonNode page;
        do
        {
            page = await PageAsync(rows.Count == 0 ? "?limit=500" : $"?limit=500&before={rows[0]!["id"]}");
            Assert.That((bool)page["complete"]!, Is.True);
            rows.InsertRange(0, page["messages"]!.AsArray());
        }
        while ((bool)page["more"]!);

        Assert.That(rows.Select(row => (int)row!["message_id"]!), Is.EqualTo(whole.Select(row => (int)row!["message_id"]!)));
        Assert.That(JsonNode.DeepEquals(rows[^1], whole[^1]), Is.True);
        Assert.That((await PageAsync(""))["messages"]!.AsArray(), Has.Count.EqualTo(50));
    }

    [Test]
    public async Task Messages_WhenAskedForAmiss_AreRefused()
    {
        await _operator.HistoryAsync(_customer);
        var other = await Operator.RegisterAsync(_world, "boris");
        var row = (await PageAsync("?limit=1"))["messages"]![0]!["id"];

        (await _operator.GetAsync($"dialogs/{_customer}/messages?before=999999")).AssertRefused(HttpStatusCode.NotFound, "message.not_found");
        (await other.GetAsync($"dialogs/{_customer}/messages?before={row}")).AssertRefused(HttpStatusCode.NotFound, "message.not_found");
        (await _operator.GetAsync($"dialogs/{_customer}/messages?limit=501")).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "limit");
        (await _operator.GetAsync("dialogs/0/messages")).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "id");
        Assert.That((await other.GetAsync($"dialogs/{_customer}/messages")).Ok()["messages"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Import_WhenPausedAndStartedAgain_GoesOnWhereItWas()
    {
        _world.Sandbox.Control.Flood("messages.getHistory", 5, after: PagesBefore);
        var started = await _operator.PostAsync("imports", new JsonObject { ["id_user"] = _customer });
        Assert.That(started.Status, Is.EqualTo(HttpStatusCode.Accepted), started.ToString());
        await UntilAskedAsync(PagesBefore + 1);

        var paused = (await _operator.PostAsync($"imports/{started.Json["id"]}/pause")).Ok();

        Assert.That(((string?)paused["state"], (string?)paused["error_code"]), Is.EqualTo(("interrupted", "import.paused")));
        var stored = (long)paused["stored"]!;
        Assert.That(stored, Is.GreaterThan(0).And.LessThan(Messages));
        Assert.That((long)(await ImportAsync())["stored"]!, Is.EqualTo(stored));
        _world.Sandbox.Control.ClearFaults();
        await _world.RestartApiAsync();
        Assert.That((string?)(await ImportAsync())["error_code"], Is.EqualTo("import.paused"), "a restart doesn't end a pause");

        var again = await _operator.PostAsync("imports", new JsonObject { ["id_user"] = _customer });

        Assert.That(((long)again.Json["id"]!, (string?)again.Json["state"]), Is.EqualTo(((long)started.Json["id"]!, "running")));
        await Eventually.ReadAsync(ImportAsync, import => (string?)import["state"] == "done", "the import is done");
        Assert.That((bool)(await PageAsync(""))["complete"]!, Is.True);
        Assert.That((string?)(await _operator.PostAsync($"imports/{started.Json["id"]}/pause")).Ok()["state"], Is.EqualTo("done"));
    }

    [Test]
    public async Task Import_WhenItIsAnothersOrOfNoDialog_IsNotFound()
    {
        var import = await _operator.PostAsync("imports", new JsonObject { ["id_user"] = _customer });
        var other = await Operator.RegisterAsync(_world, "boris");

        (await other.PostAsync($"imports/{import.Json["id"]}/pause")).AssertRefused(HttpStatusCode.NotFound, "import.not_found");
        (await other.PostAsync("imports", new JsonObject { ["id_user"] = _customer })).AssertRefused(HttpStatusCode.Conflict, "telegram.not_authorized");
        (await _operator.PostAsync("imports", new JsonObject { ["id_user"] = 4_000_000_001 })).AssertRefused(HttpStatusCode.NotFound, "dialog.not_found");
    }

    [Test]
    public async Task Read_WhenTold_CountsNothingUnreadInTelegramAndTellsIt()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        var newest = _world.Sandbox.Control.Messages(Operator.Phone(1), _customer)[^1].MessageId;
        Assert.That(await UnreadAsync(), Is.GreaterThan(0));
        var last = (long)(await _operator.GetAsync("events?after=0", ("Accept", "application/json"))).Ok()["last_id"]!;

        var read = await _operator.PostAsync($"dialogs/{_customer}/read", new JsonObject { ["message_id"] = newest });

        Assert.That(read.Status, Is.EqualTo(HttpStatusCode.NoContent), read.ToString());
        Assert.That(await UnreadAsync(), Is.Zero);
        var events = (await _operator.GetAsync($"events?after={last}", ("Accept", "application/json"))).Ok()["events"]!.AsArray();
        var told = events.Single(one => (string?)one!["type"] == "dialog.read")!["data"]!;
        Assert.That(
            ((long)told["id_user"]!, (string?)told["box"], (int)told["message_id"]!), Is.EqualTo((_customer, "inbox", newest)));
        (await _operator.PostAsync($"dialogs/{_customer}/read", new JsonObject { ["message_id"] = 0 }))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "message_id");
    }

    [Test]
    public async Task Connection_WhenRead_SaysHowItStands()
    {
        var signedIn = await Eventually.ReadAsync(
            async () => (await _operator.GetAsync("connection")).Ok(), connection => connection["telegram"] is not null, "whether Telegram answers");
        Assert.That(
            ((string?)signedIn["status"], (string?)signedIn["phone"], (bool)signedIn["listening"]!, (string?)signedIn["telegram"]),
            Is.EqualTo(("authorized", Operator.Phone(1), false, "reachable")));
        await _operator.ListenAsync();
        Assert.That((bool)(await _operator.GetAsync("connection")).Ok()["listening"]!, Is.True);

        var other = await Operator.RegisterAsync(_world, "boris");
        var fresh = (await other.GetAsync("connection")).Ok();
        Assert.That(((string?)fresh["status"], fresh["phone"]), Is.EqualTo(("disconnected", (JsonNode?)null)));
        await other.PrepareAsync(Operator.Phone(2));
        await other.AskForCodeAsync();
        var asked = (await other.GetAsync("connection")).Ok();
        Assert.That(
            ((string?)asked["status"], (int?)asked["code_length"], (int?)asked["tries_left"]), Is.EqualTo(("code_required", 5, 5)));
    }

    private async Task<JsonNode> PageAsync(string query) => (await _operator.GetAsync($"dialogs/{_customer}/messages{query}")).Ok();

    private async Task<JsonNode> ImportAsync() => (await _operator.GetAsync("imports")).Ok().AsArray().Single()!;

    private async Task<int> UnreadAsync() =>
        (int)(await _operator.DialogsAsync()).Single(dialog => (long)dialog!["id"]! == _customer)!["unread_count"]!;

    private Task<long> UntilAskedAsync(long count) => Eventually.ReadAsync(
        () => Task.FromResult(_world.Sandbox.Control.Stats().Rpcs.GetValueOrDefault("messages.getHistory")), asked => asked >= count, $"request {count}");
}
