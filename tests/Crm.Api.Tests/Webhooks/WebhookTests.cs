using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Webhooks;

/// <summary>Webhooks over HTTP, told over TCP, with the clock in hand.</summary>
[TestFixture]
internal sealed class WebhookTests
{
    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _operator = null!;
    private WebhookTarget _target = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _target = await WebhookTarget.StartAsync();
        Open();
        _operator = await _api.AddOperatorAsync("anna");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Test]
    public async Task Create_WhenThereIsNoSecret_MakesOneAndShowsItOnlyOnce()
    {
        var created = await PostAsync("webhooks", Body());
        var id = (long)created.Json["id"]!;
        var secret = (string)created.Json["secret"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(secret, Has.Length.GreaterThan(60));
            Assert.That((bool)created.Json["active"]!, Is.True);
            Assert.That((await GetAsync($"webhooks/{id}")).Text, Does.Not.Contain("secret"));
            Assert.That((await GetAsync("webhooks")).Ok().AsArray().Select(one => (long)one!["id"]!), Is.EqualTo(new[] { id }));
        }
    }

    [Test]
    public async Task Event_WhenItIsStored_IsPostedSignedAndInOrder()
    {
        await CreateAsync("a-secret-of-sixteen", "message.received");
        await _api.ReceiveAsync(_operator, 5, "строка");
        await DeliveredAsync(5);

        var posted = _target.Requests.ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(posted.Select(one => one.EventId), Is.EqualTo(await IdsAsync("message.received")));
            Assert.That(posted.Select(one => (long)one.Json["id"]!), Is.EqualTo(posted.Select(one => one.EventId)));
            Assert.That((string?)posted[0].Json["data"]!["message"]!["message"], Is.EqualTo("строка"));
            Assert.That(posted[0].Headers.ContentType.ToString(), Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(posted.Select(IsSigned), Is.All.True);
        }
    }

    [Test]
    public async Task Event_WhenTheTargetFailsAtRandom_ArrivesAtLeastOnceAndInOrder()
    {
        var random = new Random(11);
        _target.Behaviour = async context =>
        {
            switch (random.Next(10))
            {
                case 0: context.Response.StatusCode = 500; break;
                case 1: context.Abort(); break;
                case 2: context.Response.StatusCode = 429; context.Response.Headers.RetryAfter = "2"; break;
                case 3: context.Response.Redirect("http://127.0.0.1:1/"); break;
                case 4: await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default); break;
                default: break;
            }
        };
        await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 25);

        var expected = (await IdsAsync("message.received")).ToArray();
        await AdvanceUntilAsync(() => Task.FromResult(Distinct().Length == expected.Length && _target.Requests.Last().EventId == expected[^1]), TimeSpan.FromSeconds(2));

        Assert.That(Distinct(), Is.EqualTo(expected));
        long[] Distinct() => [.. _target.Requests.Select(one => one.EventId).Distinct()];
    }

    [Test]
    public async Task Delivery_WhenItFails_IsLoggedAndTriedAgainLaterAndLater()
    {
        _target.Behaviour = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var id = await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator);
        for (var failed = 1; failed <= 4; failed++)
        {
            // The clock stands while a try is under way.
            var expected = failed;
            await AdvanceUntilAsync(() => Task.FromResult(_target.Requests.Count >= expected));
            await Eventually.ReadAsync(() => DeliveriesAsync(id), all => all.Count == expected, $"try {expected} in the log");
        }

        var tries = (await DeliveriesAsync(id)).Reverse().Take(4).ToList();
        var waits = tries.Select(one => (long)one!["next_try"]! - (long)one["timestamp"]!).ToList();
        var webhook = (await GetAsync($"webhooks/{id}")).Ok();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tries.Select(one => (int)one!["attempt"]!), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(tries.Select(one => (int?)one!["response_status"]), Is.All.EqualTo(503));
            Assert.That(tries.Select(one => ((string?)one!["status"], (string?)one["error"])), Is.All.EqualTo(("failed", "status")));
            Assert.That(waits[3], Is.InRange(3, 9));
            Assert.That(waits[0], Is.LessThanOrEqualTo(2));
            Assert.That((int)webhook["failures"]!, Is.GreaterThanOrEqualTo(4));
            Assert.That(webhook["next_try"], Is.Not.Null);
        }
    }

    [Test]
    public async Task Webhook_WhenItsTargetFailsForDays_IsSwitchedOffAndGoesOnWhenReplayed()
    {
        _target.Behaviour = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var id = await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 2);
        await AdvanceUntilAsync(async () => !(bool)(await GetAsync($"webhooks/{id}")).Ok()["active"]!, TimeSpan.FromMinutes(20));
        Assert.That((string?)(await GetAsync($"webhooks/{id}")).Ok()["disabled_reason"], Is.EqualTo("gave_up"));

        _target.Behaviour = null;
        _target.Requests.Clear();
        var replayed = (await PostAsync($"webhooks/{id}/replay", [])).Ok();
        Assert.That(((bool)replayed["active"]!, replayed["disabled_reason"]), Is.EqualTo((true, (JsonNode?)null)));
        await DeliveredAsync(2);
        Assert.That(_target.Requests.Select(one => one.EventId), Is.EqualTo(await IdsAsync("message.received")));
    }

    [Test]
    public async Task Replay_WhenAPlaceIsNamed_TellsAgainFromThere()
    {
        var id = await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 4);
        await DeliveredAsync(4);
        var ids = await IdsAsync("message.received");

        (await PostAsync($"webhooks/{id}/replay", new JsonObject { ["after"] = ids[1] })).Ok();
        await DeliveredAsync(6);

        Assert.That(_target.Requests.Select(one => one.EventId), Is.EqualTo(ids.Concat(ids.Skip(2))));
        (await PostAsync($"webhooks/{id}/replay", new JsonObject { ["after"] = ids[^1] + 1 }))
            .AssertRefused(HttpStatusCode.BadRequest, "events.id_unknown");
    }

    [Test]
    public async Task Webhook_WhenTheProcessStartsAgain_GoesOnWhereItStopped()
    {
        _target.Behaviour = context =>
        {
            context.Response.StatusCode = _target.Requests.Count > 3 ? 500 : 200;
            return Task.CompletedTask;
        };
        await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 6);
        await Eventually.ReadAsync(() => Task.FromResult(_target.Requests.Count), count => count >= 4, "the first tries");

        var data = _api.Detach();
        _client.Dispose();
        await _api.DisposeAsync();
        _target.Behaviour = null;
        Open(data);
        await AdvanceUntilAsync(() => Task.FromResult(_target.Requests.Select(one => one.EventId).Distinct().Count() == 6));

        Assert.That(_target.Requests.Select(one => one.EventId).Distinct(), Is.EqualTo(await IdsAsync("message.received")));
    }

    [Test]
    public async Task Webhook_WhenTheKeysOfItsSecretAreGone_IsSwitchedOffAndOthersAreTold()
    {
        var lost = await CreateAsync("a-secret-of-sixteen");
        var data = _api.Detach();
        _client.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(Path.Combine(data.Path, "keys"), recursive: true);
        Open(data);

        await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 2);
        await DeliveredAsync(2);
        await AdvanceUntilAsync(async () => !(bool)(await GetAsync($"webhooks/{lost}")).Ok()["active"]!);

        var webhooks = (await GetAsync("webhooks")).Ok().AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(webhooks.Select(one => (string?)one!["disabled_reason"]), Is.EqualTo(new[] { "secret_unreadable", null }));
            Assert.That(_target.Requests.Select(IsSigned), Is.All.True);
        }
    }

    [Test]
    public async Task Webhook_WhenManyTargetsAreDead_IsStillToldAtOnce()
    {
        await using var dead = await WebhookTarget.StartAsync();
        dead.Behaviour = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        for (var i = 0; i < 12; i++)
        {
            var other = await _api.AddOperatorAsync($"boris-{i}");
            await PostAsync("webhooks", Body(dead.Url), other);
            await _api.ReceiveAsync(other);
        }

        await Eventually.ReadAsync(() => Task.FromResult(dead.Requests.Count), count => count == 12, "twelve that hang");
        await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 3);
        await DeliveredAsync(3);
    }

    [Test]
    public async Task Webhook_WhenItIsSomebodyElses_Is404()
    {
        var id = await CreateAsync("a-secret-of-sixteen");
        var other = await _api.AddOperatorAsync("boris");
        using var delete = other.Request(HttpMethod.Delete, $"webhooks/{id}");
        ApiAnswer[] answers =
        [
            await _client.AnswerAsync(other.Get($"webhooks/{id}")),
            await _client.AnswerAsync(other.Get($"webhooks/{id}/deliveries")),
            await PostAsync($"webhooks/{id}/replay", [], other),
            await _client.AnswerAsync(delete),
        ];
        foreach (var answer in answers)
        {
            answer.AssertRefused(HttpStatusCode.NotFound, "webhook.not_found");
        }

        Assert.That((await _client.AnswerAsync(other.Get("webhooks"))).Ok().AsArray(), Is.Empty);
        (await GetAsync($"webhooks/{id}")).Ok();
    }

    [Test]
    public async Task Delete_WhenItIsOnes_EndsItAndItsDeliveries()
    {
        var id = await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator);
        await DeliveredAsync(1);
        using var delete = _operator.Request(HttpMethod.Delete, $"webhooks/{id}");
        Assert.That((await _client.AnswerAsync(delete)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        (await GetAsync($"webhooks/{id}")).AssertRefused(HttpStatusCode.NotFound, "webhook.not_found");
    }

    [Test]
    public async Task Deliveries_WhenReadInPages_AreAllNewestFirst()
    {
        var id = await CreateAsync("a-secret-of-sixteen");
        await _api.ReceiveAsync(_operator, 5);
        await DeliveredAsync(5);
        await Eventually.ReadAsync(() => DeliveriesAsync(id), all => all.Count == 5, "the log of tries");
        var first = (await GetAsync($"webhooks/{id}/deliveries?limit=3")).Ok();
        var second = (await GetAsync($"webhooks/{id}/deliveries?limit=3&before={first["next"]}")).Ok();

        var ids = first["deliveries"]!.AsArray().Concat(second["deliveries"]!.AsArray()).Select(one => (long)one!["event_id"]!);
        Assert.That(ids, Is.EqualTo((await IdsAsync("message.received")).Reverse()));
        Assert.That(second["next"], Is.Null);
    }

    [TestCase("""{"url": "x"}""", "url")]
    [TestCase("""{"url": "ftp://example.com/"}""", "url")]
    [TestCase("""{"url": "http://user:pass@example.com/"}""", "url")]
    [TestCase("""{"url": "https://example.com/", "secret": "short"}""", "secret")]
    [TestCase("""{"url": "https://example.com/", "events": ["message.eaten"]}""", "events")]
    [TestCase("""{"url": "https://example.com/", "events": "message.sent"}""", "events")]
    [TestCase("{}", "url")]
    public async Task Create_WhenAFieldIsWrong_Is400(string body, string field) =>
        (await PostAsync("webhooks", JsonNode.Parse(body)!.AsObject())).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);

    [Test]
    public async Task Create_WhenThereAreTwentyAlready_Is409()
    {
        for (var i = 0; i < 20; i++)
        {
            await CreateAsync("a-secret-of-sixteen");
        }

        (await PostAsync("webhooks", Body())).AssertRefused(HttpStatusCode.Conflict, "webhook.too_many");
    }

    private void Open(ApiData? data = null)
    {
        _api = new StoredApi(data)
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Webhooks:AllowPrivateNetworks"] = "true",
                ["Webhooks:AllowHttp"] = "true",
            },
        };
        _client = _api.CreateClient();
    }

    private JsonObject Body(string? url = null) => new() { ["url"] = url ?? _target.Url };

    private async Task<long> CreateAsync(string secret, params string[] events)
    {
        var body = Body();
        body["secret"] = secret;
        body["events"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]);
        var created = await PostAsync("webhooks", body);
        Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created), created.ToString());
        return (long)created.Json["id"]!;
    }

    private Task<ApiAnswer> PostAsync(string route, JsonObject body, StoredOperator? caller = null)
    {
        var request = Fresh(caller ?? _operator).Request(HttpMethod.Post, route);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return _client.AnswerAsync(request);
    }

    private Task<ApiAnswer> GetAsync(string route) => _client.AnswerAsync(Fresh(_operator).Get(route));

    /// <summary>With a token that has not grown old while the clock was moved.</summary>
    private StoredOperator Fresh(StoredOperator someone) => someone with { Token = _api.TokenOf(someone) };

    private async Task<JsonArray> DeliveriesAsync(long id) =>
        (await GetAsync($"webhooks/{id}/deliveries")).Ok()["deliveries"]!.AsArray();

    private async Task<IReadOnlyList<long>> IdsAsync(string type) =>
        [.. (await _api.LogAsync(_operator)).Where(one => one.Type == type).Select(one => one.Id)];

    private Task<int> DeliveredAsync(int count) =>
        Eventually.ReadAsync(() => Task.FromResult(_target.Requests.Count), come => come >= count, $"{count} events at the target");

    private async Task AdvanceUntilAsync(Func<Task<bool>> isDone, TimeSpan? step = null) => await Eventually.ReadAsync(
        () =>
        {
            _api.Time.Advance(step ?? TimeSpan.FromMilliseconds(500));
            return isDone();
        },
        done => done,
        "what the time brings");

    private static bool IsSigned(Posted posted)
    {
        var parts = posted.Headers["X-Crm-Signature"].ToString().Split(',');
        var expected = HMACSHA256.HashData("a-secret-of-sixteen"u8, Encoding.UTF8.GetBytes($"{parts[0][2..]}.{posted.Body}"));
        return parts[1] == $"v1={Convert.ToHexStringLower(expected)}";
    }
}
