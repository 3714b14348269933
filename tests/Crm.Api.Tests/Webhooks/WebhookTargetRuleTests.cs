using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Webhooks;

/// <summary>Where webhooks may not lead, as it is out of the box.</summary>
[TestFixture]
internal sealed class WebhookTargetRuleTests
{
    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _operator = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi();
        _client = _api.CreateClient();
        _operator = await _api.AddOperatorAsync("anna");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCase("http://example.com/")]
    [TestCase("https://127.0.0.1/")]
    [TestCase("https://2130706433/")]
    [TestCase("https://0x7f.1/")]
    [TestCase("https://10.1.2.3/")]
    [TestCase("https://[::1]/")]
    [TestCase("https://[::ffff:192.168.1.1]/")]
    [TestCase("https://[fd00::1]/")]
    public async Task Create_WhenTheTargetIsNotPublicOrNotEncrypted_Is400(string url) =>
        (await CreateAsync(url)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "url");

    [Test]
    public async Task Delivery_WhenANameLeadsHome_IsRefusedWithoutBeingSent()
    {
        await using var target = await WebhookTarget.StartAsync();
        var port = new Uri(target.Url).Port;
        var created = await CreateAsync($"https://localhost:{port}/");
        Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created), created.ToString());
        await _api.ReceiveAsync(_operator);

        var tries = await Eventually.ReadAsync(
            async () => (await _client.AnswerAsync(_operator.Get($"webhooks/{created.Json["id"]}/deliveries"))).Ok()["deliveries"]!.AsArray(),
            all => all.Count > 0,
            "a try");

        Assert.That((string?)tries[0]!["error"], Is.EqualTo("target_refused"));
        Assert.That(target.Requests, Is.Empty);
    }

    private Task<ApiAnswer> CreateAsync(string url)
    {
        var request = _operator.Request(HttpMethod.Post, "webhooks");
        request.Content = new StringContent(
            new JsonObject { ["url"] = url }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        return _client.AnswerAsync(request);
    }
}
