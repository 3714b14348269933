using Crm.Api.Authentication;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Crm.Api.Tests.Support;

/// <summary>The whole API on a database of its own, with the clock in the test's hand; what Telegram would bring is stored directly.</summary>
internal sealed class StoredApi(ApiData? data = null) : WebApplicationFactory<Program>
{
    private ApiData? _data = data ?? new ApiData();
    private int _messages;

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Where its data lies.</summary>
    public string DataDirectory => _data!.Path;

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Leaves the data to another API, which is given it.</summary>
    public ApiData Detach()
    {
        var left = _data!;
        _data = null;
        return left;
    }

    /// <summary>An account that is signed in to Telegram.</summary>
    public async Task<StoredOperator> AddOperatorAsync(string login)
    {
        Assert.That(Login.TryParse(login, out var parsed), Is.True);
        var account = await Services.GetRequiredService<IAccountStore>().TryAddAsync(new NewAccount(parsed!, "hash", 1, "hash"), default);
        var connections = Services.GetRequiredService<IConnectionStore>();
        var connection = await connections.FindAsync(account!.ConnectionId, default);
        await connections.TrySaveAsync(connection!.Authorize(7).Value, default);
        var someone = new StoredOperator(account.AccountId, account.ConnectionId, account.SecurityStamp, "");
        return someone with { Token = TokenOf(someone) };
    }

    public string TokenOf(StoredOperator someone) =>
        Services.GetRequiredService<AccessTokens>().Issue(someone.AccountId, someone.Stamp).AccessToken;

    /// <summary>Takes messages in as updates would.</summary>
    public async Task ReceiveAsync(StoredOperator someone, int count = 1, string text = "text")
    {
        var messages = Enumerable.Range(0, count).Select(_ => Interlocked.Increment(ref _messages))
            .Select(id => new TelegramMessage(100, id, false, text, 1_700_000_000 + id));
        await Services.GetRequiredService<IMessageStore>()
            .IngestAsync(new IngestBatch(someone.ConnectionId) { Messages = [.. messages] }, default);
    }

    /// <summary>The account's whole log, as it is stored.</summary>
    public async Task<IReadOnlyList<StoredEvent>> LogAsync(StoredOperator someone, long after = 0) =>
        (await Services.GetRequiredService<IEventStore>().ReadAsync(someone.AccountId, after, int.MaxValue, default)).Events;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        _data!.Configure(builder);
        builder.UseSetting("Telegram:Environment", "test");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
            services.AddSingleton<TimeProvider>(Time).AddSingleton<IStartupFilter, DocumentedAnswers>());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data?.Dispose();
    }
}

internal sealed record StoredOperator(long AccountId, long ConnectionId, string Stamp, string Token)
{
    public HttpRequestMessage Request(HttpMethod method, string route)
    {
        var request = new HttpRequestMessage(method, $"/api/{route}");
        request.Headers.Authorization = new("Bearer", Token);
        return request;
    }

    public HttpRequestMessage Get(string route, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Get, route);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
