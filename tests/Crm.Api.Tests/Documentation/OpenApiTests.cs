using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Documentation;

/// <summary>The document names what there is, and says enough of it to build on.</summary>
[TestFixture]
internal sealed class OpenApiTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private ApiDocument _document = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
        _document = new ApiDocument(JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json"))!);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public void Document_WhenComparedWithTheRoutes_HoldsEachAndNoOther()
    {
        var routes =
            from route in _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{id:long}", "{id}", StringComparison.Ordinal)
            where path.StartsWith("/api", StringComparison.OrdinalIgnoreCase)
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select $"{method} {path}";
        Assert.That(_document.Operations.Select(one => $"{one.Method} {one.Path}"), Is.EquivalentTo(routes));
    }

    [Test]
    public void Operation_WhenRead_IsDescribed()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, path, operation) in _document.Operations)
            {
                Assert.That((string?)operation["summary"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
                Assert.That((string?)operation["operationId"], Does.Match("^[a-z][A-Za-z]+$"), $"{method} {path}");
                Assert.That(operation["tags"]?.AsArray(), Has.Count.EqualTo(1), $"{method} {path}");
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    Assert.That((string?)parameter!["description"], Is.Not.Null.And.Not.Empty, $"{method} {path} {(string?)parameter["name"]}");
                }
            }

            Assert.That(_document.Operations.Select(one => (string?)one.Operation["operationId"]), Is.Unique);
        }
    }

    [Test]
    public void Schema_WhenRead_DescribesEachField()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, schema) in _document.Root["components"]!["schemas"]!.AsObject())
            {
                foreach (var (field, property) in schema!["properties"]?.AsObject() ?? [])
                {
                    var choices = property!["oneOf"]?.AsArray().Select(choice => choice!["description"]) ?? [];
                    var isDescribed = field == "type" || property["description"] is not null || choices.Any(choice => choice is not null);
                    Assert.That(isDescribed, Is.True, $"{name}.{field}");
                }
            }
        }
    }

    [Test]
    public void Examples_WhenHeldAgainstTheirSchemas_Fit()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, path, operation) in _document.Operations)
            {
                var bodies = operation["responses"]!.AsObject().Select(answer => answer.Value).Append(operation["requestBody"]);
                foreach (var media in bodies.Select(body => body?["content"]?["application/json"]).Where(media => media is not null))
                {
                    var hasExamples = media!["examples"] is not null || media.Parent!.Parent!.GetPropertyName() == "202";
                    Assert.That(hasExamples, Is.True, $"{method} {path} has no example");
                    foreach (var (name, example) in media["examples"]?.AsObject() ?? [])
                    {
                        Assert.That(_document.Schemas.Check(media["schema"]!, example!["value"]), Is.Empty, $"{method} {path} {name}");
                    }
                }
            }
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task RequestExamples_WhenSent_AreTaken(string route)
    {
        foreach (var (name, example) in Request(route)["examples"]!.AsObject())
        {
            var answer = await _client.PostAsync(route, example!["value"]!, _token);
            // Nothing is scripted behind: what gets as far as there fails with 500.
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.InternalServerError), $"{name}: {answer}");
        }
    }

    [TestCase(Routes.AccountAuth, "login", "password", "id_api", "api_hash")]
    [TestCase(Routes.Preauth, "phone", "password", "code", "user_id")]
    [TestCase(Routes.Auth, "code", "flag", "resend")]
    [TestCase(Routes.Send, "id_account", "user_id", "answer", "messenger")]
    [TestCase(Routes.LoadDialog, "id", "user_id")]
    [TestCase(Routes.GetMessages, "id_account", "messenger", "user_id", "after_id", "limit")]
    public void RequestSchema_WhenRead_HasTheSeedsNames(string route, params string[] names)
    {
        var reference = (string?)Request(route)["schema"]!["$ref"];
        var schema = _document.Root["components"]!["schemas"]![reference!.Split('/')[^1]]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema["properties"]!.AsObject().Select(property => property.Key), Is.EquivalentTo(names));
            if (route != Routes.LoadDialog)
            {
                Assert.That(schema["required"]!.AsArray().Select(name => (string?)name), Is.EquivalentTo(Routes.RequiredFields(route)));
            }
        }
    }

    [Test]
    public void Operation_WhenItNeedsAToken_NamesTheScopeOfAKey()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (_, path, operation) in _document.Operations)
            {
                var schemes = operation["security"]!.AsArray()
                    .SelectMany(one => one!.AsObject())
                    .ToDictionary(one => one.Key, one => one.Value!.AsArray());
                var isOpen = path is "/api/account_auth" or "/api/token_refresh";
                Assert.That(schemes.Keys, Is.EqualTo(isOpen ? [] : new[] { "access_token", "api_key" }), path);
                Assert.That(schemes.GetValueOrDefault("api_key")?.Count ?? 1, Is.EqualTo(1), path);
            }
        }
    }

    private JsonNode Request(string route) => _document.Root["paths"]![$"/api/{route}"]!["post"]!["requestBody"]!["content"]!["application/json"]!;
}
