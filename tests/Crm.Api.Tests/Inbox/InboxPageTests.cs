using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Api.Documentation;
using Crm.Api.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Inbox;

/// <summary>How the page is served: whole, small, kept by browsers, and with a policy that lets it load itself and nothing else.</summary>
[TestFixture]
internal sealed partial class InboxPageTests
{
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private StubbedApi _api = null!;
    private HttpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCase("/", "text/html; charset=utf-8")]
    [TestCase("/index.html", "text/html; charset=utf-8")]
    [TestCase("/js/main.js", "text/javascript; charset=utf-8")]
    [TestCase("/js/lang/ru.js", "text/javascript; charset=utf-8")]
    [TestCase("/css/base.css", "text/css; charset=utf-8")]
    [TestCase("/icon.svg", "image/svg+xml")]
    public async Task File_WhenAskedFor_SaysWhatItIsAndHowLongItHolds(string path, string type)
    {
        using var answer = await _client.GetAsync(path);
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _client.SendAsync(again);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo(type));
            Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
            Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo((await answer.Content.ReadAsByteArrayAsync()).Length));
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            foreach (var each in new[] { answer, head, unchanged })
            {
                Assert.That(Header(each, "Content-Security-Policy"), Does.StartWith("default-src 'none'; script-src 'self'").And.Not.Contain("unsafe"));
                Assert.That(Header(each, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
                Assert.That(Header(each, "X-Frame-Options"), Is.EqualTo("DENY"));
                Assert.That(Header(each, "Referrer-Policy"), Is.EqualTo("no-referrer"));
            }
        }
    }

    [TestCase("GET", "/nothing")]
    [TestCase("GET", "/js/nothing.js")]
    [TestCase("GET", "/js/")]
    [TestCase("GET", "/..%2fappsettings.json")]
    [TestCase("GET", "/%2e%2e/appsettings.json")]
    [TestCase("POST", "/")]
    [TestCase("GET", "/api/nothing")]
    public async Task Address_WhenItIsNoFileOfThePage_AnswersAsTheApiDoes(string method, string path)
    {
        var answer = await _client.AnswerAsync(new HttpRequestMessage(new HttpMethod(method), path));
        answer.AssertRefused(HttpStatusCode.NotFound, "route.not_found");
    }

    [Test]
    public async Task Settings_WhenInProduction_TellNothingOfASandbox()
    {
        var settings = JsonNode.Parse(await _client.GetStringAsync("/inbox.json"))!.AsObject();
        Assert.That(settings.Select(one => one.Key), Is.EquivalentTo(new[] { "registration", "sandbox" }));
        Assert.That(settings["sandbox"], Is.Null);
    }

    [TestCase("test", false)]
    [TestCase("sandbox", true)]
    public async Task Settings_WhenInDevelopment_TellOfTheSandboxWhereThereIsOne(string telegram, bool isTold)
    {
        await using var api = new StubbedApi
        {
            EnvironmentName = Environments.Development,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Telegram:Environment"] = telegram, ["Sandbox:Port"] = "0", ["Sandbox:ControlPort"] = "0" },
        };
        using var client = api.CreateClient();
        var settings = JsonNode.Parse(await client.GetStringAsync("/inbox.json"))!;
        Assert.That(settings["sandbox"] is not null, Is.EqualTo(isTold));
        if (isTold)
        {
            Assert.That((string?)settings["sandbox"]!["phones"]![1]!["password"], Is.EqualTo("sandbox"));
        }
    }

    [Test]
    public void Sources_WhenRead_MakeNoMarkupOfTextAndLoadNothingFromElsewhere()
    {
        var scripts = Directory.GetFiles(Files, "*.js", SearchOption.AllDirectories);
        Assert.That(scripts, Has.Length.GreaterThan(20));
        foreach (var script in scripts)
        {
            Assert.That(File.ReadAllText(script), Does.Not.Match(Unsafe()), script);
        }

        var page = File.ReadAllText(Path.Combine(Files, "index.html"));
        Assert.That(page, Does.Not.Contain("://").And.Not.Contain("style=").And.Not.Contain("<style").And.Not.Match(Inline()));
        foreach (var styles in Directory.GetFiles(Files, "*.css", SearchOption.AllDirectories))
        {
            Assert.That(File.ReadAllText(styles), Does.Not.Contain("url(").And.Not.Contain("@import"), styles);
        }
    }

    [Test]
    public void Languages_WhenCompared_HaveTheSameTextsAndOneForEveryRefusal()
    {
        var (english, russian) = (Texts("en"), Texts("ru"));
        Assert.That(russian, Is.EquivalentTo(english));
        Assert.That(english, Has.Length.GreaterThan(200));
        Assert.That(english, Is.SupersetOf(ErrorCatalog.All.Select(problem => problem.Code)));
    }

    private static string[] Texts(string language) =>
        [.. Key().Matches(File.ReadAllText(Path.Combine(Files, "js", "lang", $"{language}.js"))).Select(match => match.Groups["key"].Value)];

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('(style|on)|(fetch|import)\(['""]https?:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"<script(?![^>]*src=)|\son[a-z]+=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"^  '?(?<key>[\w.:]+)'?: ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
