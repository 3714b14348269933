using System.Net;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Tests.Telemetry;

/// <summary>Who may read metrics.</summary>
[TestFixture]
internal sealed class MetricsAccessTests
{
    private const string Token = "a-token-of-the-scraper";

    [TestCase("Production")]
    [TestCase("Development")]
    public async Task Get_WhenTheCallerIsOnThisMachine_Answers(string environment)
    {
        await using var api = new StubbedApi { EnvironmentName = environment };
        using var client = api.CreateClient();
        using var response = await client.GetAsync("/metrics");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
            Assert.That(PrometheusText.Parse(await response.Content.ReadAsStringAsync()).Families, Does.ContainKey("dotnet_process_cpu_time_seconds_total"));
        }
    }

    [Test]
    public async Task Get_WhenTheDatabaseIsAway_Answers()
    {
        await using var api = new StubbedApi { EnvironmentName = "Development", Settings = Setting("Metrics:Token", Token) };
        api.Accounts.Failure = new StorageUnavailableException(StorageTrouble.Unreachable, "inside");
        using var client = api.CreateClient();
        Assert.That((await GetAsync(client, null)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await GetAsync(client, "203.0.113.7", ("Authorization", $"Bearer {Token}"))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Get_WhenTheCallerIsElsewhere_FindsNothing()
    {
        await using var api = new StubbedApi();
        using var client = api.CreateClient();
        (await GetAsync(client, "203.0.113.7")).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
        (await GetAsync(client, "203.0.113.7", ("Authorization", $"Bearer {api.TokenOf(1)}"))).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
        (await GetAsync(client, null, ("X-Forwarded-For", "203.0.113.7"))).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
        (await GetAsync(client, "none")).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
    }

    [Test]
    public async Task Get_WhenThereIsAToken_WantsThatOne()
    {
        await using var api = new StubbedApi { Settings = Setting("Metrics:Token", Token) };
        using var client = api.CreateClient();
        (await GetAsync(client, "203.0.113.7")).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
        (await GetAsync(client, "203.0.113.7", ("Authorization", $"Bearer {Token}x"))).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
        (await GetAsync(client, "203.0.113.7", ("Authorization", $"Bearer {api.TokenOf(1)}"))).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
        Assert.That((await GetAsync(client, "203.0.113.7", ("Authorization", $"Bearer {Token}"))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Get_WhenTheNetworkIsAllowed_AnswersThereAndNotThroughAProxy()
    {
        await using var api = new StubbedApi { Settings = Setting("Metrics:AllowedNetworks", "10.1.0.0/16, 2001:db8::/32") };
        using var client = api.CreateClient();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await GetAsync(client, "10.1.2.3")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await GetAsync(client, "::ffff:10.1.2.3")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await GetAsync(client, "2001:db8::1")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await GetAsync(client, "10.2.2.3")).Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await GetAsync(client, "10.1.2.3", ("X-Forwarded-For", "203.0.113.7"))).Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await GetAsync(client, "10.1.2.3", ("Via", "1.1 proxy"))).Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    private static Dictionary<string, string> Setting(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static Task<ApiAnswer> GetAsync(HttpClient client, string? address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (address is not null)
        {
            request.Headers.Add(RemoteAddressFilter.Header, address);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.AnswerAsync(request);
    }
}
