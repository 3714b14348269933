using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Documentation;

/// <summary>The limits the document gives are those the API keeps to: one beyond is refused, the last within is not.</summary>
[TestFixture]
internal sealed class DocumentedLimitsTests
{
    /// <summary>A route that would go on to Telegram, and fields that must look like something.</summary>
    private static readonly string[] NotTriedWithin = ["/api/telegram_preauth", "url", "phone"];

    /// <summary>Names of one and the same field.</summary>
    private static readonly string[] OneOfThese = ["id", "user_id", "id_account"];

    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private ApiDocument _document = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi();
        _client = _api.CreateClient();
        _document = await ApiDocument.ReadAsync(_api.Services);
        Assert.That(Login.TryParse("anna", out var login), Is.True);
        // Not in Telegram, so that what is valid goes no further.
        var account = await _api.Services.GetRequiredService<IAccountStore>().TryAddAsync(new NewAccount(login!, "hash", 1, "hash"), default);
        _token = _api.TokenOf(new StoredOperator(account!.AccountId, account.ConnectionId, account.SecurityStamp, ""));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Field_WhenBeyondItsLimits_IsRefused()
    {
        var tried = 0;
        foreach (var (path, field, schema, example) in Fields())
        {
            foreach (var value in Beyond(schema))
            {
                tried++;
                var answer = await SendAsync(path, field, value, example);
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), $"{path} {field} {Short(value)}: {answer}");
                Assert.That((string?)answer.Json["code"], Is.EqualTo("validation.failed"), $"{path} {field} {Short(value)}");
            }
        }

        Assert.That(tried, Is.GreaterThan(35));
    }

    [Test]
    public async Task Field_WhenJustWithinItsLimits_IsTaken()
    {
        var tried = 0;
        var fields = Fields().Where(one => !NotTriedWithin.Contains(one.Path) && !NotTriedWithin.Contains(one.Field));
        foreach (var (path, field, schema, example) in fields)
        {
            foreach (var value in Within(schema))
            {
                tried++;
                var answer = await SendAsync(path, field, value, example);
                var isRefused = answer.ContentType == "application/problem+json" && answer.Json["errors"]?[field] is not null;
                Assert.That(isRefused, Is.False, $"{path} {field} {Short(value)}: {answer}");
            }
        }

        Assert.That(tried, Is.GreaterThan(25));
    }

    private IEnumerable<(string Path, string Field, JsonNode Schema, JsonObject Example)> Fields() =>
        from one in _document.Operations
        let media = one.Operation["requestBody"]?["content"]!["application/json"]
        where media is not null
        let name = ((string)media["schema"]!["$ref"]!).Split('/')[^1]
        from property in _document.Root["components"]!["schemas"]![name]!["properties"]?.AsObject() ?? []
        let example = media["examples"]!.AsObject().First().Value!["value"]!.AsObject()
        select (one.Path.Replace("{id}", "1", StringComparison.Ordinal), property.Key, property.Value!, example);

    private Task<ApiAnswer> SendAsync(string path, string field, JsonNode value, JsonObject example)
    {
        var body = example.DeepClone().AsObject();
        foreach (var other in OneOfThese.Contains(field) && !path.EndsWith("messenger", StringComparison.Ordinal) ? OneOfThese : [])
        {
            body.Remove(other);
        }

        body[field] = value;
        return _client.PostAsync(path["/api/".Length..], body, _token);
    }

    private static IEnumerable<JsonNode> Beyond(JsonNode schema)
    {
        if (Number(schema, "minimum") is { } minimum and > long.MinValue)
        {
            yield return minimum - 1;
        }

        if (Number(schema, "maximum") is { } maximum and < long.MaxValue)
        {
            yield return maximum + 1;
        }

        if (Number(schema, "maxLength") is { } longest)
        {
            yield return new string('a', (int)longest + 1);
        }

        if (Number(schema, "minLength") is { } shortest and > 0)
        {
            yield return new string('a', (int)shortest - 1);
        }

        if (Number(schema, "maxItems") is { } most)
        {
            yield return new JsonArray([.. Enumerable.Repeat("203.0.113.7", (int)most + 1).Select(item => (JsonNode)item)]);
        }

        if (schema["items"]?["enum"] is not null)
        {
            yield return new JsonArray("none of them");
        }
    }

    private static IEnumerable<JsonNode> Within(JsonNode schema)
    {
        foreach (var bound in new[] { Number(schema, "minimum"), Number(schema, "maximum") })
        {
            if (bound is { } number)
            {
                yield return number;
            }
        }

        foreach (var bound in new[] { Number(schema, "minLength"), Number(schema, "maxLength") })
        {
            if (bound is { } length)
            {
                yield return new string('a', (int)length);
            }
        }

        foreach (var value in schema["items"]?["enum"]?.AsArray() ?? [])
        {
            yield return new JsonArray(value!.DeepClone());
        }
    }

    private static long? Number(JsonNode schema, string name) =>
        schema[name] is { } value ? long.Parse(value.ToString(), CultureInfo.InvariantCulture) : null;

    private static string Short(JsonNode value) => value.ToJsonString() is { Length: > 40 } text ? $"{text[..40]}…" : value.ToJsonString();
}
