using System.Net;
using System.Text;
using Crm.Api.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Hosting;

/// <summary>What protects people whose browser calls the API, and the API from pages they happen to open.</summary>
[TestFixture]
internal sealed class BrowserTests
{
    private const string Ours = "https://crm.example.com";

    [TestCase("/api/telegram_load")]
    [TestCase("/health/live")]
    [TestCase("/nothing")]
    [TestCase("/docs/index.html")]
    public async Task Answer_WhenItLeaves_CarriesWhatBrowsersHaveToKnow(string path)
    {
        await using var api = new StubbedApi();
        using var client = api.CreateClient();

        using var response = await client.GetAsync(path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(response, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(response, "X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(Header(response, "Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(Header(response, "Content-Security-Policy"), Does.StartWith("default-src 'none'").And.Contains("frame-ancestors 'none'"));
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
        }
    }

    [TestCase("", Ours, null)]
    [TestCase(Ours, Ours, Ours)]
    [TestCase($"https://other.example.com, {Ours}", Ours, Ours)]
    [TestCase(Ours, "https://evil.example.com", null)]
    [TestCase(Ours, "null", null)]
    public async Task Preflight_WhenAPageAsks_AllowsThoseThatAreConfigured(string origins, string origin, string? allowed)
    {
        await using var api = With("Cors:Origins", origins);
        using var client = api.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/telegram_send");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");

        using var response = await client.SendAsync(request);

        Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo(allowed));
        Assert.That(Header(response, "Access-Control-Allow-Credentials"), Is.Null);
    }

    [Test]
    public async Task Call_WhenAnAccountCallsTooOften_Is429ForThatAccountAlone()
    {
        await using var api = new StubbedApi
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RateLimits:PerSecond"] = "1", ["RateLimits:Burst"] = "3" },
        };
        using var client = api.CreateClient();
        var (one, other) = (api.TokenOf(1), api.TokenOf(2));
        ApiAnswer? refused = null;
        for (var i = 0; i < 1000 && refused is null; i++)
        {
            var answer = await client.PostAsync(Routes.Load, "[]", one);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(i >= 3 || answer.Status == HttpStatusCode.BadRequest, Is.True);
            refused = answer.Status == HttpStatusCode.TooManyRequests ? answer : null;
        }

        refused!.AssertRefused(HttpStatusCode.TooManyRequests, "request.rate_limited");
        Assert.That(refused!.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That((await client.PostAsync(Routes.Load, "[]", other)).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await client.GetAsync("/health/live")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("10.0.0.1", "10.0.0.0/8", "203.0.113", HttpStatusCode.BadRequest)]
    [TestCase("10.0.0.1", "", "203.0.113", HttpStatusCode.TooManyRequests)]
    [TestCase("192.0.2.1", "10.0.0.0/8", "203.0.113", HttpStatusCode.TooManyRequests)]
    public async Task Call_WhenAProxyHandsItOn_CountsTheCallerOnlyIfTheProxyIsTrusted(
        string proxy, string trusted, string caller, HttpStatusCode expected)
    {
        await using var api = new StubbedApi
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Http:TrustedProxies"] = trusted,
                ["RateLimits:AnonymousPerSecond"] = "1",
                ["RateLimits:AnonymousBurst"] = "2",
            },
        };
        using var client = api.CreateClient();
        HttpStatusCode answered;
        var round = 0;
        do
        {
            for (var i = 0; i < 1000 && await FromAsync(client, proxy, "198.51.100.1") != HttpStatusCode.TooManyRequests; i++)
            {
                // Until the first caller's allowance is used up.
            }

            // A second that ends just here gives one more call away: then again, as another caller.
            answered = await FromAsync(client, proxy, $"{caller}.{round}");
        }
        while (answered != expected && ++round < 5);

        Assert.That(answered, Is.EqualTo(expected));
    }

    [Test]
    public async Task Call_WhenATrustedProxySaysLoopback_IsNotAmbient()
    {
        await using var api = new StubbedApi
        {
            EnvironmentName = Environments.Development,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Http:TrustedProxies"] = "10.0.0.1" },
        };
        api.Accounts.LastSignedIn = 5;
        using var client = api.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Load}");
        request.Headers.Add(RemoteAddressFilter.Header, "10.0.0.1");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");

        (await client.AnswerAsync(request)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
    }

    private static StubbedApi With(string key, string value) =>
        new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value } };

    private static async Task<HttpStatusCode> FromAsync(HttpClient client, string proxy, string caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account_auth");
        request.Headers.Add(RemoteAddressFilter.Header, proxy);
        request.Headers.Add("X-Forwarded-For", caller);
        request.Content = new StringContent("[]", Encoding.UTF8, "application/json");
        return (await client.AnswerAsync(request)).Status;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
