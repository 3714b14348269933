using System.Net;
using Crm.Api.Authentication;
using Crm.Api.Events;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Events;

/// <summary>The log over HTTP, with the clock in hand.</summary>
[TestFixture]
internal sealed class EventStreamTests
{
    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _operator = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Events:MaxStreamsPerAccount"] = "2" } };
        _client = _api.CreateClient();
        _operator = await _api.AddOperatorAsync("anna");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Stream_WhenEventsAreOldAndNew_BringsAllInOrderAsTheyAreStored()
    {
        await _api.ReceiveAsync(_operator, 100, "строка \n и ещё \u2028");
        using var reader = await OpenAsync("events?after=0");
        await reader.ReadUntilAsync(one => one.Events.Count == 101);
        await _api.ReceiveAsync(_operator, 5);
        await reader.ReadUntilAsync(one => one.Events.Count == 106);

        await AssertIsLogAsync(reader.Events);
        Assert.That((string?)reader.Events[1].Json["data"]!["message"]!["message"], Is.EqualTo("строка \n и ещё \u2028"));
    }

    [Test]
    public async Task Stream_WhenNoPlaceIsNamed_BringsOnlyWhatIsNewAndSaysWhereItBegins()
    {
        await _api.ReceiveAsync(_operator, 3);
        var end = (await _api.LogAsync(_operator))[^1].Id;
        using var reader = await OpenAsync("events");
        await reader.ReadUntilAsync(one => one.LastId is not null);
        Assert.That(reader.LastId, Is.EqualTo($"{end}"));
        await _api.ReceiveAsync(_operator);
        await reader.ReadUntilAsync(one => one.Events.Count > 0);
        Assert.That(reader.Events.Select(one => one.Id), Is.EqualTo((await _api.LogAsync(_operator, end)).Select(one => one.Id)));
    }

    [Test]
    public async Task Stream_WhenHeaderAndQueryDiffer_FollowsTheHeader()
    {
        await _api.ReceiveAsync(_operator, 3);
        var log = await _api.LogAsync(_operator);
        using var reader = await OpenAsync("events?after=0", ("Last-Event-ID", $"{log[1].Id}"));
        await reader.ReadUntilAsync(one => one.Events.Count == 2);
        Assert.That(reader.Events[0].Id, Is.EqualTo(log[2].Id));
    }

    [Test]
    public async Task Stream_WhenNothingHappens_BeatsEveryFifteenSeconds()
    {
        using var reader = await OpenAsync("events");
        await reader.ReadUntilAsync(one => one.LastId is not null);
        for (var beats = 1; beats <= 3; beats++)
        {
            var expected = beats;
            var reading = reader.ReadUntilAsync(one => one.Comments >= expected);
            await AdvanceUntilAsync(TimeSpan.FromSeconds(15), () => Task.FromResult(reading.IsCompleted));
            await reading;
        }

        Assert.That(reader.Events, Is.Empty);
    }

    [Test]
    public async Task Stream_WhenItsReaderTakesNothing_IsCutOffAndResumesWithoutAGap()
    {
        await _api.ReceiveAsync(_operator, 400, new string('я', 2000));
        using var idle = await OpenAsync("events");
        using var slow = await OpenAsync("events?after=0");
        await slow.ReadUntilAsync(one => one.Events.Count > 0);
        await AdvanceUntilAsync(EventStreamResult.SlowReaderTimeout, HasFreePlaceAsync);
        Assert.That(async () => await slow.ReadUntilAsync(_ => false), Throws.InstanceOf<Exception>());
        Assert.That(slow.Events, Has.Count.LessThan(400));

        // The place was tried, and is given back a moment after.
        using var reader = await Eventually.ReadAsync(
            () => EventReader.TryOpenAsync(_client, _operator.Get("events", ("Last-Event-ID", slow.LastId!))), one => one is not null, "a free place");
        await reader!.ReadUntilAsync(one => slow.Events.Count + one.Events.Count == 401);
        await AssertIsLogAsync([.. slow.Events, .. reader.Events]);

        async Task<bool> HasFreePlaceAsync()
        {
            using var one = await EventReader.TryOpenAsync(_client, _operator.Get("events"));
            return one is not null;
        }
    }

    [Test]
    public async Task Stream_WhenOneTooManyIsOpened_Is429UntilOneIsClosed()
    {
        var first = await OpenAsync("events");
        using var second = await OpenAsync("events");
        (await _client.AnswerAsync(_operator.Get("events"))).AssertRefused(HttpStatusCode.TooManyRequests, "events.too_many_streams");
        using var others = await EventReader.OpenAsync(_client, (await _api.AddOperatorAsync("boris")).Get("events"));

        first.Dispose();
        var again = await Eventually.ReadAsync(
            () => _client.SendAsync(_operator.Get("events"), HttpCompletionOption.ResponseHeadersRead),
            answer => answer.StatusCode == HttpStatusCode.OK,
            "a free place");
        again.Dispose();
    }

    [Test]
    public async Task Stream_WhenItsEventsWereDeleted_Is410AndSaysFromWhereTheyAreWhole()
    {
        await _api.ReceiveAsync(_operator, 3);
        var log = await _api.LogAsync(_operator);
        _api.Time.Advance(TimeSpan.FromDays(31));
        await Eventually.ReadAsync(
            async () =>
            {
                _api.Time.Advance(TimeSpan.FromHours(1));
                return await _api.LogAsync(_operator);
            },
            left => left.Count == 0,
            "the retention");

        foreach (var accept in new[] { "application/json", "text/event-stream" })
        {
            var gone = await _client.AnswerAsync(Fresh().Get("events?after=1", ("Accept", accept)));
            gone.AssertRefused(HttpStatusCode.Gone, "events.gone");
            Assert.That((long)gone.Json["oldest_after"]!, Is.EqualTo(log[^1].Id));
        }

        using var reader = await EventReader.OpenAsync(_client, Fresh().Get($"events?after={log[^1].Id}"));
    }

    [Test]
    public async Task Stream_WhenRetentionOvertakesIt_EndsRatherThanSkip()
    {
        await _api.ReceiveAsync(_operator, 400, new string('я', 2000));
        using var slow = await OpenAsync("events?after=0");
        await slow.ReadUntilAsync(one => one.Events.Count > 0);
        await _api.Services.GetRequiredService<IEventStore>()
            .DeleteOlderThanAsync(_api.Time.GetUtcNow() + TimeSpan.FromSeconds(1), 390, default);

        while (await slow.ReadAsync() > 0)
        {
        }

        Assert.That(slow.Events.Select(one => one.Id), Is.EqualTo(Enumerable.Range((int)slow.Events[0].Id, slow.Events.Count)));
        (await _client.AnswerAsync(_operator.Get("events", ("Last-Event-ID", slow.LastId!))))
            .AssertRefused(HttpStatusCode.Gone, "events.gone");
    }

    [TestCase("events?after=999", "events.id_unknown")]
    [TestCase("events?after=-1", "validation.failed", "after")]
    [TestCase("events?after=x", "validation.failed", "after")]
    public async Task Events_WhenThePlaceIsWrong_Is400(string route, string code, params string[] fields)
    {
        (await _client.AnswerAsync(_operator.Get(route))).AssertRefused(HttpStatusCode.BadRequest, code, fields);
        (await _client.AnswerAsync(_operator.Get(route, ("Accept", "application/json"))))
            .AssertRefused(HttpStatusCode.BadRequest, code, fields);
    }

    [TestCase("x")]
    [TestCase("-1")]
    [TestCase("99999999999999999999")]
    public async Task Events_WhenTheHeaderIsNoId_Is400(string id) =>
        (await _client.AnswerAsync(_operator.Get("events", ("Last-Event-ID", id))))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "Last-Event-ID");

    [Test]
    public async Task Events_WhenNobodyCalls_Is401()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
    }

    [Test]
    public async Task Page_WhenReadOnAndOn_IsTheLogAndNobodyElses()
    {
        await _api.ReceiveAsync(await _api.AddOperatorAsync("boris"), 5);
        await _api.ReceiveAsync(_operator, 10);
        List<long> ids = [];
        for (long after = 0, last = -1; after != last;)
        {
            var page = (await PageAsync($"events?after={after}&limit=4")).Ok();
            Assert.That(page["events"]!.AsArray(), Has.Count.LessThanOrEqualTo(4));
            ids.AddRange(page["events"]!.AsArray().Select(one => (long)one!["id"]!));
            (last, after) = (after, (long)page["last_id"]!);
        }

        Assert.That(ids, Is.EqualTo((await _api.LogAsync(_operator)).Select(one => one.Id)));
    }

    [Test]
    public async Task Page_WhenNoPlaceIsNamed_SaysOnlyWhereTheLogEnds()
    {
        await _api.ReceiveAsync(_operator, 3);
        var page = (await PageAsync("events")).Ok();
        Assert.That(page["events"]!.AsArray(), Is.Empty);
        Assert.That((long)page["last_id"]!, Is.EqualTo((await _api.LogAsync(_operator))[^1].Id));
    }

    [TestCase(0)]
    [TestCase(1001)]
    public async Task Page_WhenLimitIsOutOfRange_Is400(int limit) =>
        (await PageAsync($"events?limit={limit}")).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "limit");

    private Task<ApiAnswer> PageAsync(string route) => _client.AnswerAsync(_operator.Get(route, ("Accept", "application/json")));

    [Test]
    public async Task Stream_WhenTheTokenIsRevoked_EndsBeforeItTellsMore()
    {
        using var reader = await OpenAsync("events");
        await reader.ReadUntilAsync(one => one.LastId is not null);
        await _api.Services.GetRequiredService<IAccessStore>().RenewStampAsync(_operator.AccountId, default);
        _api.Time.Advance(CallerStanding.Interval);
        await _api.ReceiveAsync(_operator);

        await AssertEndsAsync(reader);
        Assert.That(reader.Events, Is.Empty);
    }

    [Test]
    public async Task Stream_WhenTheApiKeyIsDeleted_EndsBeforeItTellsMore()
    {
        var secret = ApiKeySecret.New();
        var keys = _api.Services.GetRequiredService<IApiKeyStore>();
        var key = await keys.AddAsync(
            new NewApiKey(_operator.AccountId, "test", "", ApiKeySecret.Hash(secret)!, AccessScopes.Read, [], null), 10, default);
        using var reader = await EventReader.OpenAsync(_client, (_operator with { Token = secret }).Get("events"));
        await reader.ReadUntilAsync(one => one.LastId is not null);
        _api.Time.Advance(CallerStanding.Interval);
        await _api.ReceiveAsync(_operator);
        await reader.ReadUntilAsync(one => one.Events.Count == 1);

        await keys.DeleteAsync(_operator.AccountId, key!.Id, default);
        _api.Time.Advance(CallerStanding.Interval);
        await _api.ReceiveAsync(_operator);

        await AssertEndsAsync(reader);
        Assert.That(reader.Events, Has.Count.EqualTo(1));
    }

    private static async Task AssertEndsAsync(EventReader reader)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadAsync(cancellationToken: patience.Token) > 0)
        {
        }
    }

    private Task<EventReader> OpenAsync(string route, params (string Name, string Value)[] headers) =>
        EventReader.OpenAsync(_client, _operator.Get(route, headers));

    /// <summary>With a token that has not grown old while the clock was moved.</summary>
    private StoredOperator Fresh() => _operator with { Token = _api.TokenOf(_operator) };

    private async Task AssertIsLogAsync(IReadOnlyList<ReadEvent> read)
    {
        var log = await _api.LogAsync(_operator);
        Assert.That(read.Select(one => (one.Id, one.Type)), Is.EqualTo(log.Select(one => (one.Id, one.Type))));
    }

    /// <summary>Moves the clock in small steps, so that whoever begins to wait late still gets there.</summary>
    private async Task AdvanceUntilAsync(TimeSpan by, Func<Task<bool>> isDone)
    {
        await Eventually.ReadAsync(
            () =>
            {
                _api.Time.Advance(by / 10);
                return isDone();
            },
            done => done,
            "what the time brings");
    }
}
