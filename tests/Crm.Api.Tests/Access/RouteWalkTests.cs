using System.Net;
using System.Text;
using Crm.Api.Authentication;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Access;

/// <summary>Every route the API has, found by asking it, refuses everybody it is not for.</summary>
[TestFixture]
internal sealed class RouteWalkTests
{
    private static readonly string[] Open = ["api/account_auth", "api/token_refresh"];

    private StoredApi _api = null!;
    private HttpClient _client = null!;
    private StoredOperator _operator = null!;
    private List<RouteEndpoint> _routes = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _api = new StoredApi();
        _client = _api.CreateClient();
        _operator = await _api.AddOperatorAsync("anna");
        _routes = [.. _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)];
        Assert.That(_routes, Has.Count.GreaterThan(25));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public void Route_WhenLookedAt_SaysWhatItNeedsOrIsOneOfTheOpenOnes()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var route in _routes)
            {
                var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
                Assert.That(isOpen, Is.EqualTo(Open.Contains(route.RoutePattern.RawText)), route.DisplayName);
                Assert.That(route.Metadata.GetOrderedMetadata<AccessAttribute>(), Has.Count.EqualTo(isOpen ? 0 : 1), route.DisplayName);
            }
        }
    }

    [Test]
    public async Task Route_WhenThereIsNoToken_Refuses() => await WalkAsync(null, HttpStatusCode.Unauthorized, "authentication.required");

    [Test]
    public async Task Route_WhenTheTokenIsOfAnotherInstallation_Refuses()
    {
        await using var other = new StoredApi();
        await WalkAsync((await other.AddOperatorAsync("anna")).Token);
    }

    [Test]
    public async Task Route_WhenTheTokenHasExpired_Refuses()
    {
        _api.Time.Advance(TimeSpan.FromHours(1));
        await WalkAsync(_operator.Token);
    }

    [Test]
    public async Task Route_WhenTheTokenWasRevoked_Refuses()
    {
        await _api.Services.GetRequiredService<IAccessStore>().RenewStampAsync(_operator.AccountId, default);
        await WalkAsync(_operator.Token);
    }

    [Test]
    public async Task Route_WhenTheApiKeyIsUnknown_Refuses() => await WalkAsync(ApiKeySecret.New());

    [Test]
    public async Task Route_WhenTheApiKeyHasExpired_Refuses()
    {
        var key = await AddKeyAsync(AccessScopes.All, expiresIn: TimeSpan.FromMinutes(1));
        _api.Time.Advance(TimeSpan.FromMinutes(1));
        await WalkAsync(key);
    }

    [Test]
    public async Task Route_WhenTheApiKeyComesFromElsewhere_Refuses() => await WalkAsync(await AddKeyAsync(AccessScopes.All, "203.0.113.7"));

    [TestCase(AccessScopes.Read)]
    [TestCase(AccessScopes.Send)]
    [TestCase(AccessScopes.Admin)]
    public async Task Route_WhenTheApiKeyMayDoOneThing_TakesItThereAndNowhereElse(AccessScopes scope)
    {
        var key = await AddKeyAsync(scope);
        using (Assert.EnterMultipleScope())
        {
            foreach (var route in _routes.Where(route => route.Metadata.GetMetadata<AccessAttribute>() is not null))
            {
                var answer = await CallAsync(route, key, readBody: false);
                var isAllowed = route.Metadata.GetMetadata<AccessAttribute>()!.Scope == scope;
                Assert.That(
                    answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, Is.EqualTo(!isAllowed), $"{route.DisplayName}: {answer.Status}");
            }
        }
    }

    private async Task WalkAsync(
        string? token, HttpStatusCode status = HttpStatusCode.Unauthorized, string code = "authentication.token_invalid")
    {
        foreach (var route in _routes.Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            (await CallAsync(route, token)).AssertRefused(status, code);
        }
    }

    private async Task<string> AddKeyAsync(AccessScopes scopes, string? address = null, TimeSpan? expiresIn = null)
    {
        var secret = ApiKeySecret.New();
        var key = new NewApiKey(
            _operator.AccountId, "test", ApiKeySecret.Hint(secret), ApiKeySecret.Hash(secret)!, scopes, address is null ? [] : [address],
            _api.Time.GetUtcNow() + expiresIn);
        Assert.That(await _api.Services.GetRequiredService<IApiKeyStore>().AddAsync(key, 10, default), Is.Not.Null);
        return secret;
    }

    private async Task<ApiAnswer> CallAsync(RouteEndpoint route, string? token, bool readBody = true)
    {
        var path = string.Join('/', route.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "999"));
        var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        var request = new HttpRequestMessage(new HttpMethod(method), $"/{path}");
        if (method == "POST")
        {
            request.Content = new StringContent("[]", Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (readBody)
        {
            return await _client.AnswerAsync(request);
        }

        using (request)
        using (var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            return new ApiAnswer(response.StatusCode, null, "", response.Headers);
        }
    }
}
