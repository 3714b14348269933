using System.Net;
using Crm.Api.Authentication;
using Crm.Api.Tests.Support;
using Crm.Application.TelegramLoad;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Crm.Api.Tests.Authentication;

[TestFixture]
internal sealed class TokenTests
{
    private ManualTimeProvider _time = null!;
    private StubbedApi _api = null!;
    private HttpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _time = new ManualTimeProvider();
        _api = new StubbedApi { Time = _time };
        _client = _api.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCaseSource(typeof(Routes), nameof(Routes.OfAnAccount))]
    public async Task Post_WhenThereIsNoToken_Is401(string route)
    {
        var answer = await _client.PostAsync(route, Routes.ValidBody(route));
        answer.AssertRefused(HttpStatusCode.Unauthorized, "authentication.required");
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        Assert.That(_api.Application.Requests, Is.Empty);
    }

    [Test]
    public async Task Post_WhenTokenIsGood_ActsForItsAccount()
    {
        var first = _api.TokenOf(1);
        var second = _api.TokenOf(2);
        await _client.PostAsync(Routes.Load, null, first);
        await _client.PostAsync(Routes.Load, null, second);
        Assert.That(_api.Application.Requests, Is.EqualTo(new[] { new TelegramLoadCommand(1), new TelegramLoadCommand(2) }));
    }

    [TestCase("Bearer nonsense")]
    [TestCase("Bearer ")]
    [TestCase("Bearer")]
    [TestCase("Basic YTpi")]
    [TestCase("nonsense")]
    public async Task Post_WhenHeaderIsNoTokenOfOurs_Is401(string header) => await AssertInvalidAsync(header);

    [Test]
    public async Task Post_WhenTokenHasExpired_Is401()
    {
        var token = _api.TokenOf(1);
        _time.Advance(TimeSpan.FromSeconds(3600));
        await AssertInvalidAsync($"Bearer {token}");
    }

    [Test]
    public async Task Post_WhenTokenIsAboutToExpire_IsTaken()
    {
        var token = _api.TokenOf(1);
        _time.Advance(TimeSpan.FromSeconds(3599));
        await _client.PostAsync(Routes.Load, null, token);
        Assert.That(_api.Application.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Post_WhenStampHasChanged_Is401()
    {
        var token = _api.TokenOf(1);
        _api.Accounts.Stamps[1] = "another";
        await AssertInvalidAsync($"Bearer {token}");
    }

    [Test]
    public async Task Post_WhenAccountIsGone_Is401()
    {
        var token = _api.TokenOf(1);
        _api.Accounts.Stamps.Clear();
        await AssertInvalidAsync($"Bearer {token}");
    }

    [Test]
    public async Task Post_WhenTokenIsARefreshToken_Is401()
    {
        _api.TokenOf(1);
        var tokens = _api.Services.GetRequiredService<AccessTokens>().Issue(1, _api.Accounts.Stamps[1]);
        await AssertInvalidAsync($"Bearer {tokens.RefreshToken}");
    }

    [Test]
    public async Task Post_WhenTokenIsOfAnotherInstallation_Is401()
    {
        _api.TokenOf(1);
        await using var other = new StubbedApi { Time = _time };
        await AssertInvalidAsync($"Bearer {other.TokenOf(1)}");
    }

    [Test]
    public async Task AccountAuth_WhenTokenIsInvalid_IsOpenStill()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account_auth");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer nonsense");
        (await _client.AnswerAsync(request))
            .AssertRefused(HttpStatusCode.BadRequest, "validation.failed", Routes.RequiredFields(Routes.AccountAuth));
    }

    [TestCase("/health/live", HttpStatusCode.OK)]
    [TestCase("/health/ready", HttpStatusCode.OK)]
    [TestCase("/openapi/v1.json", HttpStatusCode.OK)]
    [TestCase("/docs/index.html", HttpStatusCode.OK)]
    public async Task Get_WhenPathIsPublic_NeedsNoToken(string path, HttpStatusCode expected)
    {
        using var response = await _client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    private async Task AssertInvalidAsync(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Load}");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        Assert.That(_api.Application.Requests, Is.Empty);
    }
}
