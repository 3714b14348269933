using System.Net;
using Crm.Api.Tests.Support;
using Crm.Application.TelegramLoad;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Authentication;

[TestFixture]
internal sealed class AmbientAccountTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _api = new StubbedApi { EnvironmentName = Environments.Development };
        _client = _api.CreateClient();
        _api.Accounts.LastSignedIn = 5;
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCase("127.0.0.1")]
    [TestCase("127.8.9.1")]
    [TestCase("::1")]
    [TestCase("::ffff:127.0.0.1")]
    public async Task Post_WhenCallerIsOnThisMachine_ActsForWhoSignedInLast(string address)
    {
        await CallAsync((RemoteAddressFilter.Header, address));
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramLoadCommand(5) }));
    }

    [Test]
    public async Task Post_WhenSomeoneElseSignsIn_ActsForThem()
    {
        await CallAsync();
        _api.Accounts.LastSignedIn = 6;
        await CallAsync();
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramLoadCommand(5), new TelegramLoadCommand(6) }));
    }

    [TestCase("10.0.0.7")]
    [TestCase("192.168.1.5")]
    [TestCase("::ffff:10.0.0.7")]
    [TestCase("none")]
    public async Task Post_WhenCallerIsElsewhere_Is401(string address) => await AssertRefusedAsync((RemoteAddressFilter.Header, address));

    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("X-Forwarded-For", "10.0.0.7")]
    [TestCase("Forwarded", "for=127.0.0.1")]
    [TestCase("X-Real-IP", "127.0.0.1")]
    [TestCase("Via", "1.1 proxy")]
    [TestCase("X-Original-For", "10.0.0.7")]
    public async Task Post_WhenAProxyHandsItOn_Is401(string header, string value) => await AssertRefusedAsync((header, value));

    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("Forwarded", "for=127.0.0.1")]
    public async Task Post_WhenCallerElsewhereClaimsLoopback_Is401(string header, string value) =>
        await AssertRefusedAsync((RemoteAddressFilter.Header, "10.0.0.7"), (header, value));

    [TestCase("https://evil.example")]
    [TestCase("http://localhost.evil.example")]
    [TestCase("null")]
    public async Task Post_WhenAForeignPageSendsIt_Is401(string origin) => await AssertRefusedAsync(("Origin", origin));

    [TestCase("http://localhost:3000")]
    [TestCase("http://127.0.0.1:5080")]
    [TestCase("http://[::1]:5080")]
    public async Task Post_WhenAPageOfThisMachineSendsIt_IsTaken(string origin)
    {
        await CallAsync(("Origin", origin));
        Assert.That(_api.Application.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("evil.example")]
    [TestCase("rebound.example:5080")]
    public async Task Post_WhenHostIsNoNameOfThisMachine_Is401(string host) => await AssertRefusedAsync(("Host", host));

    [Test]
    public async Task Post_WhenNobodyHasSignedIn_Is401()
    {
        _api.Accounts.LastSignedIn = null;
        await AssertRefusedAsync();
    }

    [TestCase("Bearer nonsense")]
    [TestCase("Basic YTpi")]
    public async Task Post_WhenCredentialsAreShownButInvalid_Is401(string header)
    {
        var answer = await CallAsync(("Authorization", header));
        answer.AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        Assert.That(_api.Application.Requests, Is.Empty);
    }

    [Test]
    public async Task Post_WhenThereIsAToken_ActsForItsAccount()
    {
        await _client.PostAsync(Routes.Load, null, _api.TokenOf(9));
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramLoadCommand(9) }));
    }

    [TestCase("Development", "false", HttpStatusCode.Unauthorized)]
    [TestCase("Production", null, HttpStatusCode.Unauthorized)]
    [TestCase("Production", "true", HttpStatusCode.InternalServerError)]
    public async Task Post_WhenSwitched_FollowsTheSwitch(string environment, string? ambient, HttpStatusCode expected)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ambient is not null)
        {
            settings["Authentication:AmbientAccount"] = ambient;
        }

        await using var api = new StubbedApi { EnvironmentName = environment, Settings = settings };
        api.Accounts.LastSignedIn = 5;
        using var client = api.CreateClient();
        // Nothing is scripted: the call that gets through to the application fails there.
        Assert.That((await client.PostAsync(Routes.Load)).Status, Is.EqualTo(expected));
    }

    private async Task AssertRefusedAsync(params (string Name, string Value)[] headers)
    {
        (await CallAsync(headers)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
        Assert.That(_api.Application.Requests, Is.Empty);
    }

    private Task<ApiAnswer> CallAsync(params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Load}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.AnswerAsync(request);
    }
}
