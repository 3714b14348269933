using System.Net;
using System.Text.RegularExpressions;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Documentation;

/// <summary>The page at /docs is whole, is ours alone, and keeps to a policy that lets nothing be written into it.</summary>
[TestFixture]
internal sealed partial class DocumentationPageTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCase("/docs")]
    [TestCase("/docs/")]
    [TestCase("/docs/index.html")]
    public async Task Page_WhenOpened_FindsAllItNeedsHere(string path)
    {
        var page = await _client.GetStringAsync(path);
        var needed = Reference().Matches(page).Select(match => match.Groups["address"].Value).ToList();
        Assert.That(needed, Is.Not.Empty.And.All.StartsWith("/"));
        foreach (var one in needed)
        {
            using var answer = await _client.GetAsync(one);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), one);
        }
    }

    [TestCase("/docs")]
    [TestCase("/docs/docs.js")]
    public async Task Page_WhenServed_AllowsNothingInline(string path)
    {
        using var answer = await _client.GetAsync(path);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Not.Contain("unsafe").And.Not.Contain("http"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.Not.Contain("innerHTML").And.Not.Contain("style=").And.Not.Contain("onclick"));
    }

    [Test]
    public async Task Page_WhenItHasNotChanged_IsNotSentAgain()
    {
        using var first = await _client.GetAsync("/docs/docs.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/docs.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _client.SendAsync(request);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [GeneratedRegex(
        "(src|href)=\"(?<address>[^\"#][^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
