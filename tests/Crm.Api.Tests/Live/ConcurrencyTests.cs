using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>A hundred callers at once on every kind of route; what must be true at any time is looked at afterwards.</summary>
[TestFixture]
internal sealed class ConcurrencyTests
{
    private const int Clients = 100;
    private const int CallsEach = 12;

    private readonly ConcurrentBag<string> _faults = [];
    private readonly ConcurrentDictionary<string, long> _sendIds = new(StringComparer.Ordinal);

    [Test]
    public async Task Calls_WhenAHundredClientsMakeThem_KeepEveryInvariant()
    {
        await using var world = await LiveWorld.StartAsync(operators: 4, dialogs: 6, messages: 40);
        Operator[] operators =
        [
            await Operator.InTelegramAsync(world, "anna", 1), await Operator.InTelegramAsync(world, "carla", 3),
            await Operator.InTelegramAsync(world, "dora", 4),
        ];
        var customers = await Task.WhenAll(operators.Select(one => one.CustomersAsync()));
        await Task.WhenAll(operators.Select(one => one.ListenAsync()));

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client =>
        {
            var which = client % operators.Length;
            return WorkAsync(operators[which], customers[which], new Random(client), client);
        }));

        Assert.That(_faults, Is.Empty);
        foreach (var (one, index) in operators.Select((one, index) => (one, index)))
        {
            await AssertSoundAsync(world, one, index is 0 ? 1 : index + 2);
        }
    }

    private async Task WorkAsync(Operator someone, long[] customers, Random random, int client)
    {
        for (var call = 0; call < CallsEach; call++)
        {
            var customer = customers[random.Next(customers.Length)];
            var answer = random.Next(9) switch
            {
                0 or 1 or 2 => await SendAsync(someone, customer, $"{client}-{call}"),
                3 => await someone.PostAsync(Routes.LoadDialog, new JsonObject { ["user_id"] = customer }),
                4 => await someone.PostAsync(Routes.GetMessages, new JsonObject { ["id_account"] = someone.AccountId, ["user_id"] = customer }),
                5 => await someone.PostAsync(Routes.Load),
                6 => await someone.GetAsync("events?after=0&limit=20", ("Accept", "application/json")),
                7 => await someone.PostAsync(Routes.Handler),
                _ => await someone.GetAsync("imports"),
            };
            if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            {
                _faults.Add($"{client}-{call}: {answer}");
            }
        }
    }

    /// <summary>Each text is sent by two calls at once under one key.</summary>
    private async Task<ApiAnswer> SendAsync(Operator someone, long customer, string text)
    {
        var body = new JsonObject { ["user_id"] = customer, ["answer"] = text };
        var answers = await Task.WhenAll(
            someone.PostAsync(Routes.Send, body.DeepClone(), ("Idempotency-Key", text)),
            someone.PostAsync(Routes.Send, body.DeepClone(), ("Idempotency-Key", text)));
        foreach (var answer in answers)
        {
            var sendId = (long)answer.Ok()["send_id"]!;
            if (_sendIds.GetOrAdd(text, sendId) != sendId)
            {
                _faults.Add($"{text} is two sends");
            }
        }

        return answers[0];
    }

    private async Task AssertSoundAsync(LiveWorld world, Operator someone, int phone)
    {
        foreach (var customer in await someone.CustomersAsync())
        {
            var expected = world.Sandbox.Control.Messages(Operator.Phone(phone), customer)
                .Where(message => message.Out).Select(message => message.Text).Where(_sendIds.ContainsKey).ToList();
            var rows = await Eventually.ReadAsync(
                () => someone.MessagesWithAsync(customer),
                rows => rows.Count(row => _sendIds.ContainsKey((string)row!["message"]!)) >= expected.Count,
                "what Telegram holds");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(expected, Is.Unique, "Telegram got each once");
                Assert.That(rows.Select(row => (long)row!["id"]!), Is.Unique);
                Assert.That(rows.Select(row => (int)row!["message_id"]!), Is.Unique.And.Ordered);
                Assert.That(rows.Select(row => (string)row!["message"]!).Where(_sendIds.ContainsKey), Is.EqualTo(expected), "in Telegram's order");
            }
        }

        var events = (await someone.GetAsync("events?after=0&limit=1000", ("Accept", "application/json"))).Ok()["events"]!.AsArray();
        Assert.That(events.Select(one => (long)one!["id"]!), Is.Ordered.And.Unique);
    }
}
