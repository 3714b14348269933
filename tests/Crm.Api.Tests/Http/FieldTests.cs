using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Http;

/// <summary>Each route's fields: what is missing or of the wrong type is named, all of it at once.</summary>
[TestFixture]
internal sealed class FieldTests
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

    [TestCase("{}")]
    [TestCase(null)]
    [TestCase("")]
    public async Task Post_WhenNothingIsGiven_NamesEveryRequiredField(string? body)
    {
        foreach (var route in Routes.All.Where(route => Routes.RequiredFields(route).Length > 0))
        {
            (await _client.PostAsync(route, body, _token))
                .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", Routes.RequiredFields(route));
        }
    }

    [Test]
    public async Task Post_WhenFieldIsNull_IsAsIfMissing() =>
        (await _client.PostAsync(Routes.Auth, """{"flag": null}""", _token))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "flag");

    [Test]
    public async Task Post_WhenNameIsInAnotherCase_IsAsIfMissing() =>
        (await _client.PostAsync(Routes.Auth, """{"Flag": true}""", _token))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "flag");

    [TestCase(Routes.AccountAuth, "login", "5", "true", "{}", "[]", "\"\\ud800\"")]
    [TestCase(Routes.AccountAuth, "password", "5", "false", "[\"a\"]", "\"\\udc00x\"")]
    [TestCase(Routes.AccountAuth, "id_api", "\"x\"", "\"1\"", "1.5", "1e2", "true", "2147483648", "99999999999999999999")]
    [TestCase(Routes.AccountAuth, "api_hash", "5", "{}")]
    [TestCase(Routes.Preauth, "phone", "9996620001", "true", "[]")]
    [TestCase(Routes.Preauth, "password", "5", "{}")]
    [TestCase(Routes.Preauth, "code", "true", "1.5", "-1", "[]", "99999999999999999999")]
    [TestCase(Routes.Preauth, "user_id", "\"5\"", "1.5", "true")]
    [TestCase(Routes.Auth, "flag", "\"true\"", "1", "0", "\"\"", "[]")]
    [TestCase(Routes.Auth, "code", "true", "1.5", "-1", "{}")]
    [TestCase(Routes.Auth, "resend", "1")]
    [TestCase(Routes.Handler, "flag", "\"false\"", "0")]
    [TestCase(Routes.Send, "user_id", "\"1001\"", "1.5", "9223372036854775808", "true")]
    [TestCase(Routes.Send, "id_account", "\"1001\"", "{}")]
    [TestCase(Routes.Send, "answer", "5", "[]", "\"\\ud83d\"")]
    [TestCase(Routes.Send, "messenger", "5")]
    [TestCase(Routes.LoadDialog, "id", "\"abc\"", "1.5", "1e3")]
    [TestCase(Routes.LoadDialog, "user_id", "\"5\"", "99999999999999999999")]
    [TestCase(Routes.GetMessages, "id_account", "\"1\"", "1.5")]
    [TestCase(Routes.GetMessages, "messenger", "5")]
    [TestCase(Routes.GetMessages, "user_id", "\"1\"")]
    [TestCase(Routes.GetMessages, "after_id", "\"1\"")]
    [TestCase(Routes.GetMessages, "limit", "\"1\"", "2147483648")]
    public async Task Post_WhenFieldHasTheWrongType_NamesIt(string route, string field, params string[] values)
    {
        foreach (var value in values)
        {
            var body = JsonNode.Parse(Routes.ValidBody(route))!.AsObject();
            body.Remove(field);
            var json = body.ToJsonString().Insert(1, $"\"{field}\": {value}{(body.Count > 0 ? "," : "")}");
            (await _client.PostAsync(route, json, _token)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);
        }
    }

    [Test]
    public async Task Post_WhenSeveralFieldsAreWrong_NamesThemAll() =>
        (await _client.PostAsync(Routes.AccountAuth, """{"login": 1, "password": true, "id_api": "x"}"""))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "login", "password", "id_api", "api_hash");

    [TestCase(Routes.Send, """{"answer": "hi"}""", "user_id")]
    [TestCase(Routes.Send, """{"answer": "hi", "user_id": 1, "id_account": 2}""", "user_id")]
    [TestCase(Routes.LoadDialog, """{"id": 1, "user_id": 2}""", "id")]
    public async Task Post_WhenAlternativeFieldsAreMissingOrDiffer_NamesOne(string route, string body, string field) =>
        (await _client.PostAsync(route, body, _token)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);

    [TestCase(" ")]
    [TestCase("two words")]
    [TestCase("ключ")]
    [TestCase("tab\there")]
    public async Task Send_WhenIdempotencyKeyIsNotVisibleAscii_Is400(string key) => await AssertKeyRefusedAsync(key);

    [Test]
    public async Task Send_WhenIdempotencyKeyIsTooLong_Is400() => await AssertKeyRefusedAsync(new string('k', 256));

    private async Task AssertKeyRefusedAsync(params string[] keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Send}")
        {
            Content = new StringContent(Routes.ValidBody(Routes.Send), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", _token);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", keys);
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "Idempotency-Key");
    }
}
