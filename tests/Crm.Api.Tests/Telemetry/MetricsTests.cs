using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Telemetry;

/// <summary>Each metric moves when what it counts happens.</summary>
[TestFixture]
[NonParallelizable] // Hears of everything in the process that is measured or traced.
internal sealed class MetricsTests
{
    private const string SendMessage = "messages.sendMessage";
    private const string GetHistory = "messages.getHistory";
    private const string Received = "crm_messages_received_total";
    private const string Live = "crm_telegram_listeners{state=\"live\"}";

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
    public async Task Messages_WhenTheyComeAndGo_AreCounted()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        var before = await ScrapeAsync();
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "{n}", count: 20);
        await UntilAsync(Received, count => count >= before[Received] + 20);
        await UntilAsync("crm_ingest_lag_seconds_count", count => count > before["crm_ingest_lag_seconds_count"]);
        (await _operator.SendAsync(_customer, "hello")).Ok();

        var after = await ScrapeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after["crm_messages_sent_total"] - before["crm_messages_sent_total"], Is.EqualTo(1));
            Assert.That(after["crm_sends_failed_total"], Is.Zero);
            Assert.That(after["crm_ingest_lag_seconds_sum"] / after["crm_ingest_lag_seconds_count"], Is.LessThan(30), "what is young has no long lag");
            Assert.That(after["crm_telegram_owner"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Received_WhenUpdatesBringWhatIsStored_CountsItOnce()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        _world.Sandbox.Control.RepeatUpdate(5);
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "{n}", count: 5);
        await _operator.WaitForAsync(_customer, row => (string?)row["message"] == "5", "the last");

        // Nothing was sent or imported: each row came by an update, or was found missing.
        await Eventually.ReadAsync(
            async () => (Counted: await ScrapeAsync(), Rows: (await _operator.MessagesAsync()).Sum(dialog => dialog.Value!.AsArray().Count)),
            now => now.Counted[Received] + now.Counted["crm_messages_healed_total"] == now.Rows,
            "each row counted once");
    }

    [Test]
    public async Task SendsFailed_WhenTelegramRefuses_AreCounted()
    {
        _world.Sandbox.Control.RpcError(SendMessage, 403, "CHAT_WRITE_FORBIDDEN");
        Assert.That((await _operator.SendAsync(_customer, "hello")).Status, Is.Not.EqualTo(HttpStatusCode.OK));
        var now = await ScrapeAsync();
        Assert.That((now["crm_sends_failed_total"], now["crm_messages_sent_total"]), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public async Task FloodWaits_WhenTelegramAsksForOne_AreCountedByMethod()
    {
        _world.Sandbox.Control.Flood(SendMessage, seconds: 600);
        Assert.That((await _operator.SendAsync(_customer, "hello")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        var now = await ScrapeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(now[$"crm_telegram_flood_waits_total{{method=\"{SendMessage}\",reason=\"FLOOD_WAIT\"}}"], Is.EqualTo(1));
            Assert.That(now[$"crm_telegram_flood_wait_time_seconds_total{{method=\"{SendMessage}\"}}"], Is.InRange(595, 600));
        }
    }

    [Test]
    public async Task Outbox_WhenTelegramIsAway_IsAsDeepAsWhatWaits()
    {
        await UntilAsync("crm_outbox_depth", (depth, isThere) => isThere && depth == 0);
        _world.QueueSendsSoon();
        var outage = await _world.TakeTelegramAwayAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await _operator.SendAsync(_customer, $"{i}")).Status, Is.EqualTo(HttpStatusCode.Accepted));
        }

        await UntilAsync("crm_outbox_depth", depth => depth == 3);
        await outage.EndAsync();
        await UntilAsync("crm_outbox_depth", (depth, isThere) => isThere && depth == 0);
        await UntilAsync("crm_messages_sent_total", sent => sent == 3);
    }

    [Test]
    public async Task Connections_WhenTelegramGoesAndComesBack_AreCountedByState()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        await UntilAsync("crm_telegram_connections{state=\"connected\"}", count => count == 1);
        await UntilAsync(Live, count => count == 1);
        Assert.That((await ScrapeAsync())["crm_telegram_reconnects_total"], Is.Zero);

        var outage = await _world.TakeTelegramAwayAsync();
        await UntilAsync("crm_telegram_connections{state=\"away\"}", count => count == 1);
        await UntilAsync("crm_telegram_listeners{state=\"away\"}", count => count == 1);
        await outage.EndAsync();

        await UntilAsync(Live, count => count == 1);
        await UntilAsync("crm_telegram_reconnects_total", count => count >= 1);
    }

    [Test]
    public async Task Readers_WhenTheyComeAndLeave_AreCounted()
    {
        const string Readers = "crm_events_readers";
        await UntilAsync(Readers, (count, isThere) => isThere && count == 0);
        var one = await EventReader.OpenAsync(_world.Client, _operator.Request(HttpMethod.Get, "events"));
        var two = await EventReader.OpenAsync(_world.Client, _operator.Request(HttpMethod.Get, "events"));
        await UntilAsync(Readers, count => count == 2);
        one.Dispose();
        await UntilAsync(Readers, count => count == 1);
        two.Dispose();
        await UntilAsync(Readers, count => count == 0);
    }

    [Test]
    public async Task Imports_WhenADialogIsBroughtIn_AreCounted()
    {
        _world.Sandbox.Control.Flood(GetHistory, 4);
        var history = _operator.HistoryAsync(_customer);
        await UntilAsync("crm_imports_running", count => count == 1);
        var rows = await history;
        await UntilAsync("crm_imports_running", count => count == 0);
        Assert.That((await ScrapeAsync())["crm_imports_messages_total"], Is.EqualTo(rows.Count).And.Positive);
    }

    [Test]
    public async Task Healed_WhenUpdatesWereMissed_CountsWhatWasFound()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        await _world.StopApiAsync();
        await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, "lost {n}", count: 5);
        Assert.That(await _world.Data.ExecuteAsync("UPDATE update_states SET pts = pts + 5"), Is.EqualTo(1));
        await _world.RestartApiAsync();
        await UntilAsync("crm_messages_healed_total", count => count >= 5);
    }

    [Test]
    public async Task Deliveries_WhenWebhooksAreTold_AreCountedByResult()
    {
        await using var target = await WebhookTarget.StartAsync();
        await _world.RestartApiAsync(("Webhooks:AllowPrivateNetworks", "true"), ("Webhooks:AllowHttp", "true"));
        var failures = 1;
        target.Behaviour = context =>
        {
            context.Response.StatusCode = failures-- > 0 ? 500 : 200;
            return Task.CompletedTask;
        };
        var body = new JsonObject { ["url"] = target.Url, ["events"] = new JsonArray("message.sent") };
        Assert.That((await _operator.PostAsync("webhooks", body)).Status, Is.EqualTo(HttpStatusCode.Created));
        (await _operator.SendAsync(_customer, "hello")).Ok();
        await UntilAsync("crm_webhooks_deliveries_total{result=\"status\"}", count => count == 1);
        await UntilAsync("crm_webhooks_deliveries_total{result=\"delivered\"}", count => count == 1);
    }

    [Test]
    public async Task Labels_WhenEverythingWasDone_NameNobody()
    {
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
        (await _operator.SendAsync(_customer, "nobody-but-us-4711")).Ok();
        var text = await _world.Client.GetStringAsync("/metrics");
        Assert.That(
            text,
            Does.Not.Contain(Operator.Phone(1)).And.Not.Contain("anna").And.Not.Contain("nobody-but-us").And.Not.Contain(_customer.ToString())
                .And.Contain("http_route=\"api/telegram_send\""));
    }

    private async Task<PrometheusText> ScrapeAsync() => PrometheusText.Parse(await _world.Client.GetStringAsync("/metrics"));

    private Task<PrometheusText> UntilAsync(string sample, Predicate<double> isSo) => UntilAsync(sample, (value, _) => isSo(value));

    private Task<PrometheusText> UntilAsync(string sample, Func<double, bool, bool> isSo) => Eventually.ReadAsync(
        ScrapeAsync, now => isSo(now[sample], now.Families.ContainsKey(sample.Split('{')[0])), sample);
}
