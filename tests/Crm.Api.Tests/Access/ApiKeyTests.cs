using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Access;

[TestFixture]
internal sealed class ApiKeyTests
{
    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _operator = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi();
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
    public async Task Create_WhenAsked_ShowsTheKeyOnce()
    {
        var made = await CreateAsync("""{"name": "reports", "scopes": ["read"], "addresses": ["203.0.113.0/24"], "expires_in_days": 30}""");

        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created), made.ToString());
        var key = (string)made.Json["key"]!;
        Assert.That(key, Does.StartWith((string)made.Json["hint"]!));
        var listed = await CallAsync(HttpMethod.Get, "api_keys", _operator.Token);
        var expected = made.Json.DeepClone().AsObject();
        expected.Remove("key");
        Assert.That(JsonNode.DeepEquals(listed.Json, new JsonArray(expected)), listed.ToString());
        Assert.That((long)expected["expires_at"]! - (long)expected["timestamp"]!, Is.EqualTo(30 * 86400));
        foreach (var file in Directory.EnumerateFiles(_api.DataDirectory, "crm.db*"))
        {
            Assert.That(await ReadSharedAsync(file), Does.Not.Contain(key[^20..]), file);
        }
    }

    [Test]
    public async Task Key_WhenUsed_ActsForItsAccountAndIsNoted()
    {
        var made = await CreateAsync("""{"name": "reports", "scopes": ["read", "admin"]}""");
        _api.Time.Advance(TimeSpan.FromMinutes(5));

        var listed = await CallAsync(HttpMethod.Get, "api_keys", (string)made.Json["key"]!);

        Assert.That((long)listed.Json[0]!["used_at"]!, Is.EqualTo(_api.Time.GetUtcNow().ToUnixTimeSeconds()));
    }

    [Test]
    public async Task Key_WhenDeleted_OpensNothing()
    {
        var made = await CreateAsync("""{"name": "reports", "scopes": ["read"]}""");
        var key = (string)made.Json["key"]!;
        Assert.That((await CallAsync(HttpMethod.Get, "limits", key)).Status, Is.EqualTo(HttpStatusCode.OK));

        var deleted = await CallAsync(HttpMethod.Delete, $"api_keys/{made.Json["id"]}", _operator.Token);

        Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
        (await CallAsync(HttpMethod.Get, "limits", key)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
    }

    [Test]
    public async Task Key_WhenItMayNot_IsForbidden()
    {
        var made = await CreateAsync("""{"name": "reports", "scopes": ["read"]}""");

        var refused = await CallAsync(HttpMethod.Post, "api_keys", (string)made.Json["key"]!, """{"name": "more", "scopes": ["admin"]}""");

        refused.AssertRefused(HttpStatusCode.Forbidden, "authentication.forbidden");
    }

    [Test]
    public async Task Key_WhenItIsAnothersAccount_IsNotThere()
    {
        var made = await CreateAsync("""{"name": "reports", "scopes": ["read"]}""");
        var other = await _api.AddOperatorAsync("boris");

        (await CallAsync(HttpMethod.Delete, $"api_keys/{made.Json["id"]}", other.Token)).AssertRefused(HttpStatusCode.NotFound, "api_key.not_found");

        Assert.That((await CallAsync(HttpMethod.Get, "api_keys", other.Token)).Json.AsArray(), Is.Empty);
        Assert.That((await CallAsync(HttpMethod.Get, "api_keys", _operator.Token)).Json.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("""{"scopes": ["read"]}""", "name")]
    [TestCase("""{"name": "x"}""", "scopes")]
    [TestCase("""{"name": "x", "scopes": []}""", "scopes")]
    [TestCase("""{"name": "x", "scopes": ["everything"]}""", "scopes")]
    [TestCase("""{"name": "x", "scopes": [null]}""", "scopes")]
    [TestCase("""{"name": "x", "scopes": ["read"], "addresses": ["example.com"]}""", "addresses")]
    [TestCase("""{"name": "x", "scopes": ["read"], "expires_in_days": 0}""", "expires_in_days")]
    public async Task Create_WhenAFieldIsWrong_SaysWhich(string body, string field) =>
        (await CreateAsync(body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);

    [Test]
    public async Task Create_WhenThereAreTooMany_IsRefused()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.That((await CreateAsync("""{"name": "x", "scopes": ["read"]}""")).Status, Is.EqualTo(HttpStatusCode.Created));
        }

        (await CreateAsync("""{"name": "x", "scopes": ["read"]}""")).AssertRefused(HttpStatusCode.Conflict, "api_key.too_many");
    }

    private Task<ApiAnswer> CreateAsync(string body) => CallAsync(HttpMethod.Post, "api_keys", _operator.Token, body);

    private Task<ApiAnswer> CallAsync(HttpMethod method, string route, string token, string? body = null)
    {
        var request = new HttpRequestMessage(method, $"/api/{route}");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return _client.AnswerAsync(request);
    }

    private static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
