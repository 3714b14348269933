using System.Net;
using Crm.Api.Tests.Support;
using Crm.Application.TelegramLoad;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Api.Tests.Telemetry;

/// <summary>What a problem calls its trace is what the caller, the log and the exported trace call it.</summary>
[TestFixture]
[NonParallelizable] // Hears of everything in the process that is measured or traced.
internal sealed class TraceIdTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private StubbedApi _api = null!;
    private JsonLogCapture _log = null!;

    [SetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _log = new JsonLogCapture();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        _log.Dispose();
    }

    [Test]
    public async Task Problem_WhenTheCallerTraces_NamesItsTraceAsTheLogDoes()
    {
        var token = _api.TokenOf(1);
        _api.Application.Answer<TelegramLoadCommand>((_, _) => throw new InvalidOperationException("a bug"));
        await using var logged = _api.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_log)));
        using var client = logged.CreateClient();
        var answer = await client.AnswerAsync(Request(HttpMethod.Post, "/api/telegram_load", Trace, token));
        answer.AssertRefused(HttpStatusCode.InternalServerError, "server.error");
        var line = _log.Lines.Single(line => (string?)line["level"] == "error");
        Assert.That(((string?)answer.Json["trace_id"], (string?)line["trace_id"]), Is.EqualTo((Trace, Trace)));
    }

    [TestCase("/api/telegram_load", HttpStatusCode.Unauthorized)]
    [TestCase("/nowhere", HttpStatusCode.NotFound)]
    [TestCase("/api/account_auth", HttpStatusCode.BadRequest)]
    public async Task Problem_WhenRefused_NamesTheCallersTrace(string path, HttpStatusCode status)
    {
        using var client = _api.CreateClient();
        var answer = await client.AnswerAsync(Request(HttpMethod.Post, path, Trace, token: null));
        Assert.That((answer.Status, (string?)answer.Json["trace_id"]), Is.EqualTo((status, Trace)));
    }

    [TestCase(null)]
    [TestCase("nonsense")]
    [TestCase("00000000000000000000000000000000")]
    public async Task Problem_WhenTheCallerDoesNotTrace_NamesATraceOfItsOwn(string? trace)
    {
        using var client = _api.CreateClient();
        var first = await client.AnswerAsync(Request(HttpMethod.Post, "/nowhere", trace, token: null));
        var second = await client.AnswerAsync(Request(HttpMethod.Post, "/nowhere", trace, token: null));
        Assert.That((string?)first.Json["trace_id"], Does.Match("^(?!0{32})[0-9a-f]{32}$").And.Not.EqualTo((string?)second.Json["trace_id"]));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? trace, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (trace is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        }

        return request;
    }
}
