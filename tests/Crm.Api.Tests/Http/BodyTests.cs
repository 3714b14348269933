using System.Net;
using System.Text;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Http;

/// <summary>What a body may be, on every route; the application behind must not be reached by what is refused.</summary>
[TestFixture]
internal sealed class BodyTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [SetUp]
    public void Forget() => _api.Application.Requests.Clear();

    [TearDown]
    public void NothingReachedTheApplication() => Assert.That(_api.Application.Requests, Is.Empty);

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenJsonIsCutOff_Is400(string route) =>
        (await _client.PostAsync(route, """{"login": "a""", _token)).AssertRefused(HttpStatusCode.BadRequest, "request.malformed");

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenBodyIsNoObject_Is400(string route)
    {
        foreach (var body in new[] { "[]", "null", "1", "\"text\"", "{} {}", "   ", "{\"a\": 1,}", "{'a': 1}", "{/* c */}", "NaN" })
        {
            (await _client.PostAsync(route, body, _token)).AssertRefused(HttpStatusCode.BadRequest, "request.malformed");
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenNameIsRepeated_Is400(string route) =>
        (await _client.PostAsync(route, """{"x": 1, "x": 2}""", _token)).AssertRefused(HttpStatusCode.BadRequest, "request.malformed");

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenNestedTooDeep_Is400(string route)
    {
        var deep = $$"""{"x": {{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";
        (await _client.PostAsync(route, deep, _token)).AssertRefused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenUtf8IsBroken_Is400(string route)
    {
        byte[] body = [.. "{\"x\": \""u8, 0xC3, 0x28, .. "\"}"u8];
        (await _client.PostBytesAsync(route, body, "application/json", _token))
            .AssertRefused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenContentTypeIsNotJson_Is415(string route)
    {
        var body = Encoding.UTF8.GetBytes(Routes.ValidBody(route));
        string?[] types = ["text/plain", "application/x-www-form-urlencoded", "application/xml", "application/json; charset=utf-16", null];
        foreach (var type in types)
        {
            (await _client.PostBytesAsync(route, body, type, _token))
                .AssertRefused(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenBodyIsLargerThanOneMebibyte_Is413(string route)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"x": "{{new string('x', 5_000_000)}}"}""");
        (await _client.PostBytesAsync(route, body, "application/json", _token))
            .AssertRefused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Test]
    public async Task Post_WhenLargeBodyHasNoLength_Is413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account_auth")
        {
            Content = new StreamContent(new MemoryStream(new byte[2 * 1024 * 1024])),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task Post_WhenMethodIsWrong_Is405(string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{route}");
        var answer = await _client.AnswerAsync(request);
        answer.AssertRefused(HttpStatusCode.MethodNotAllowed, "route.method_not_allowed");
    }

    [TestCase("/api/unknown")]
    [TestCase("/api")]
    [TestCase("/")]
    [TestCase("/api/get_messages")]
    public async Task Post_WhenRouteIsUnknown_Is404(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
    }

    [Test]
    public async Task Post_WhenCallerAcceptsOnlyPages_IsStillProblemJson()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/unknown");
        request.Headers.Accept.ParseAdd("text/html");
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
    }
}
