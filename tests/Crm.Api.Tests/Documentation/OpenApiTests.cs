using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Documentation;

[TestFixture]
internal sealed class OpenApiTests
{
    private static readonly string[] Always = ["200", "400", "401", "403", "413", "415", "429", "500", "503"];

    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private JsonNode _document = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
        _document = JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json"))!;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public void Document_WhenRead_HoldsEveryRoute() =>
        Assert.That(_document["paths"]!.AsObject().Select(path => path.Key), Is.SupersetOf(Routes.All.Select(route => $"/api/{route}")));

    [TestCase(Routes.AccountAuth)]
    [TestCase(Routes.Preauth, "409", "502")]
    [TestCase(Routes.Auth, "409", "502")]
    [TestCase(Routes.Load, "409", "502")]
    [TestCase(Routes.Handler, "409", "502")]
    [TestCase(Routes.Send, "202", "404", "409", "502")]
    [TestCase(Routes.LoadDialog, "404", "409", "502")]
    [TestCase(Routes.GetMessages, "404")]
    public void Operation_WhenRead_HoldsEveryStatus(string route, params string[] more) =>
        Assert.That(Operation(route)["responses"]!.AsObject().Select(answer => answer.Key), Is.EquivalentTo(Always.Concat(more)));

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public void Operation_WhenRead_IsDescribed(string route)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)Operation(route)["summary"], Is.Not.Null.And.Not.Empty);
            Assert.That(
                Content(Operation(route)["responses"]!["200"]!)["example"] ?? Content(Operation(route)["responses"]!["200"]!)["examples"],
                Is.Not.Null);
            Assert.That(Content(Operation(route)["responses"]!["200"]!)["schema"], Is.Not.Null);
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public void Operation_WhenRefused_IsProblemDetails(string route)
    {
        foreach (var (status, answer) in Operation(route)["responses"]!.AsObject().Where(answer => answer.Key[0] is '4' or '5'))
        {
            Assert.That(
                answer!["content"]!.AsObject().Select(media => media.Key),
                Is.EqualTo(new[] { "application/problem+json" }),
                status);
            Assert.That((string?)answer["content"]!["application/problem+json"]!["schema"]!["$ref"], Does.EndWith("/ProblemBody"), status);
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public async Task RequestExamples_WhenSent_AreTaken(string route)
    {
        var examples = Content(Operation(route)["requestBody"]!)["examples"]!.AsObject();
        Assert.That(examples, Is.Not.Empty);
        foreach (var (name, example) in examples)
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
        var reference = (string?)Content(Operation(route)["requestBody"]!)["schema"]!["$ref"];
        var schema = _document["components"]!["schemas"]![reference!.Split('/')[^1]]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema["properties"]!.AsObject().Select(property => property.Key), Is.EquivalentTo(names));
            if (route != Routes.LoadDialog)
            {
                Assert.That(schema["required"]!.AsArray().Select(name => (string?)name), Is.EquivalentTo(Routes.RequiredFields(route)));
            }
        }
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.All))]
    public void Operation_WhenItNeedsAToken_SaysSo(string route) =>
        Assert.That(Operation(route)["security"] is not null, Is.EqualTo(route != Routes.AccountAuth));

    [Test]
    public async Task Page_WhenOpened_NeedsNothingFromElsewhere()
    {
        var page = await _client.GetStringAsync("/docs/index.html");
        Assert.That(page, Does.Not.Contain("https://").And.Contains("swagger-ui-bundle.js"));
        using var script = await _client.GetAsync("/docs/swagger-ui-bundle.js");
        Assert.That(script.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private JsonNode Operation(string route) => _document["paths"]![$"/api/{route}"]!["post"]!;

    private static JsonNode Content(JsonNode message) => message["content"]!["application/json"]!;
}
