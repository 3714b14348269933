using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Whoever reads events over a bad line gets the log: no gap, no repeat, in order.</summary>
[TestFixture]
internal sealed class EventFaultTests
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
        await _operator.ListenAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [TestCase(7)]
    [TestCase(8)]
    public async Task Stream_WhenItsReaderDisconnectsAnywhere_IsTheLogAllTheSame(int seed)
    {
        const int messages = 150;
        var random = new Random(seed);
        var happening = HappenAsync(messages);
        List<ReadEvent> read = [];
        var last = "0";
        for (var streams = 0; !happening.IsCompleted || Received(read) < messages; streams++)
        {
            await (happening is { IsCompleted: true, IsCompletedSuccessfully: false } ? happening : Task.CompletedTask);
            Assert.That(streams, Is.LessThan(1000), () => $"the log never came to its end: {Received(read)} of {messages} in {read.Count} events; {happening.Status}");
            // Those that were broken off give their places back a moment later.
            using var reader = (await Eventually.ReadAsync(
                () => EventReader.TryOpenAsync(_world.Client, _operator.Request(HttpMethod.Get, "events", ("Last-Event-ID", last))),
                one => one is not null,
                "a free place"))!;
            for (var bytes = random.Next(1, 6000); bytes > 0 && !(happening.IsCompleted && Received([.. read, .. reader.Events]) >= messages);)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
                try
                {
                    var some = await reader.ReadAsync(Math.Min(bytes, random.Next(1, 500)), patience.Token);
                    bytes = some == 0 ? 0 : bytes - some;
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }

            read.AddRange(reader.Events);
            last = reader.LastId ?? last;
        }

        await happening;
        await AssertIsLogAsync(read);
    }

    [Test]
    public async Task Log_WhenEverythingHappens_HoldsEveryKindOnceWithWhatItTells()
    {
        await using var device = await OtherDevice.SignInAsync(_world.Sandbox, Operator.Phone(1));
        var person = await device.FindAsync(_customer);
        await _operator.HistoryAsync(_customer);
        var sent = (await _operator.SendAsync(_customer, "question")).Ok();
        var reply = (await _operator.WaitForReplyAsync(_customer, sent)).Last(row => (int)row!["answer"]! == 0)!;
        await device.ReadAsync(person, (int)reply["message_id"]!);
        await device.EditAsync(person, (int)sent["message_id"]!, "question, reworded");
        await device.DeleteAsync((int)sent["message_id"]!);
        await _world.Sandbox.RestartAsync(TimeSpan.FromSeconds(3));
        await WaitForAsync(one => Type(one) == "connection.telegram" && (string?)one["data"]!["telegram"] == "away");
        await WaitForAsync(one => Type(one) == "connection.telegram" && (string?)one["data"]!["telegram"] == "reachable", times: 2);
        _world.Sandbox.Control.Revoke(Operator.Phone(1));

        var log = await WaitForAsync(one => Type(one) == "connection.status" && (string?)one["data"]!["status"] == "revoked");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                log.Where(one => Type(one!) == "connection.status").Select(one => (string?)one!["data"]!["status"]),
                Is.EqualTo(new[] { "code_required", "authorized", "revoked" }));
            Assert.That(OfMessage(log, sent), Is.EqualTo(new[] { "message.sent", "send.sent", "message.edited", "message.deleted" }));
            Assert.That(OfMessage(log, reply), Is.EqualTo(new[] { "message.received" }));
            Assert.That(
                log.Where(one => Type(one!) == "dialog.read").Select(one => (string?)one!["data"]!["box"]),
                Is.SupersetOf(new[] { "inbox", "outbox" }));
            Assert.That(log.Where(one => Type(one!) == "import.progress").Select(one => (bool)one!["data"]!["done"]!), Does.Contain(true));
            Assert.That(log.Select(one => (long)one!["id"]!), Is.Ordered.And.Unique);
            Assert.That(log.Select(one => (long)one!["id_account"]!), Is.All.EqualTo(_operator.AccountId));
        }
    }

    private async Task HappenAsync(int messages)
    {
        for (var i = 0; i < messages; i += 10)
        {
            await _world.Sandbox.Control.SendAsync(Operator.Phone(1), _customer, $"сообщение {i} {{n}}", 10);
            await _operator.SendAsync(_customer, $"answer {i}");
        }
    }

    private static int Received(IEnumerable<ReadEvent> read) =>
        read.Count(one => one.Type == "message.received" && one.Data.Contains("сообщение", StringComparison.Ordinal));

    private async Task AssertIsLogAsync(List<ReadEvent> read)
    {
        var log = await LogAsync();
        Assert.That(read.Select(one => one.Id), Is.EqualTo(log.Select(one => (long)one!["id"]!).Take(read.Count)));
        Assert.That(JsonNode.DeepEquals(new JsonArray([.. read.Select(one => one.Json)]), new JsonArray([.. log.Take(read.Count).Select(one => one!.DeepClone())])));
    }

    private async Task<JsonArray> LogAsync() =>
        (await _operator.GetAsync("events?after=0&limit=1000", ("Accept", "application/json"))).Ok()["events"]!.AsArray();

    private Task<JsonArray> WaitForAsync(Predicate<JsonNode> isIt, int times = 1) =>
        Eventually.ReadAsync(LogAsync, log => log.Count(one => isIt(one!)) >= times, "the event");

    private static string Type(JsonNode one) => (string)one["type"]!;

    private static IEnumerable<string> OfMessage(JsonArray log, JsonNode row) =>
        log.Where(one => one!["data"]!["message"]?["id"] is { } id && (long)id == (long)row["id"]!).Select(one => Type(one!));
}
