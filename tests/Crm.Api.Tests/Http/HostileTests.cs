using System.Diagnostics;
using System.Globalization;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Crm.Domain.Accounts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Http;

/// <summary>
/// Whatever is sent to whatever route: no fault of the server's, nothing of its inside told, nothing kept. CRM_HOSTILE_REQUESTS makes it
/// longer (say 100000) and prints the memory before and after.
/// </summary>
[TestFixture]
[NonParallelizable] // Looks at the memory of the whole process.
internal sealed class HostileTests
{
    private static readonly int Requests =
        int.TryParse(Environment.GetEnvironmentVariable("CRM_HOSTILE_REQUESTS"), CultureInfo.InvariantCulture, out var count) ? count : 3_000;

    private static readonly string[] Inside = ["   at ", "Exception", "System.", "Microsoft.", "SQLite", "crm.db"];

    [Test]
    public async Task Answer_WhenTheRequestIsHostile_IsARefusalAndNoFault()
    {
        await using var api = new StoredApi
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RateLimits:Burst"] = "1000000",
                ["RateLimits:AnonymousBurst"] = "1000000",
                ["RateLimits:PerSecond"] = "1000000",
                ["RateLimits:AnonymousPerSecond"] = "1000000",
            },
        };
        api.UseKestrel(0);
        api.StartServer();
        using var client = api.CreateClient();
        var hostile = new HostileRequests(2026, Routes(api), await CredentialsAsync(api));
        var began = Stopwatch.GetTimestamp();
        var before = 0L;
        for (var i = 0; i < Requests; i++)
        {
            before = i == Requests / 10 ? Memory() : before;
            await SendAsync(client, hostile.Next(), i);
        }

        await TestContext.Progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Requests} hostile requests in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s; resident after a tenth {before >> 20} MiB, at the end {Memory() >> 20} MiB"));
        using var health = await client.GetAsync("/health/ready");
        Assert.That(health.IsSuccessStatusCode, Is.True);
    }

    private static async Task SendAsync(HttpClient client, HttpRequestMessage request, int number)
    {
        using (request)
        {
            var what = $"{number}: {request.Method} {request.RequestUri}";
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                Assert.That((int)response.StatusCode, Is.LessThan(500), what);
                if ((int)response.StatusCode < 400)
                {
                    return;
                }

                var text = await response.Content.ReadAsStringAsync();
                Assert.That(Array.Find(Inside, inside => text.Contains(inside, StringComparison.Ordinal)), Is.Null, $"{what}: {text}");
                Assert.That(
                    text.Length == 0 || response.Content.Headers.ContentType?.MediaType == "application/problem+json", Is.True, $"{what}: {text}");
            }
            catch (HttpRequestException exception) when (exception.InnerException is IOException)
            {
                // The server breaks a connection off over which far too much comes.
            }
        }
    }

    private static List<(string Method, string Path)> Routes(StoredApi api) =>
    [
        .. from route in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
           from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select (method, "/" + route.RoutePattern.RawText!.Replace("{id:long}", "{id}", StringComparison.Ordinal)),
    ];

    /// <summary>Of nobody, of an account that is in no Telegram, of an API key, and such as open nothing.</summary>
    private static async Task<List<string?>> CredentialsAsync(StoredApi api)
    {
        Assert.That(Login.TryParse("anna", out var login), Is.True);
        var account = await api.Services.GetRequiredService<IAccountStore>().TryAddAsync(new NewAccount(login!, "hash", 1, "hash"), default);
        var token = api.TokenOf(new StoredOperator(account!.AccountId, account.ConnectionId, account.SecurityStamp, ""));
        var key = ApiKeySecret.New();
        await api.Services.GetRequiredService<IApiKeyStore>().AddAsync(
            new NewApiKey(account.AccountId, "hostile", ApiKeySecret.Hint(key), ApiKeySecret.Hash(key)!, AccessScopes.All, [], null), 50, default);
        return [$"Bearer {token}", $"Bearer {token}", $"Bearer {token}", $"Bearer {key}", null, "Bearer ", "Bearer x", $"Bearer {ApiKeySecret.New()}", "Basic Og=="];
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
