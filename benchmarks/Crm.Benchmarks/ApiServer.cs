using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>The API as a process.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string Password = "correct horse battery";

    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private ApiServer(ServerProcess process, Uri url)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromHours(1) };
        Resources = new ProcessResources(process.Id);
    }

    public ProcessResources Resources { get; }

    /// <summary>On this directory's data; without a sandbox nobody can sign in to Telegram.</summary>
    public static async Task<ApiServer> StartAsync(
        string directory, Uri? sandbox, CancellationToken cancellationToken, params IEnumerable<string> settings)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", $"--Data:Directory={directory}", "--RateLimits:PerSecond=1000000", "--RateLimits:Burst=1000000",
            "--RateLimits:AnonymousPerSecond=1000000", "--RateLimits:AnonymousBurst=1000000",
            .. sandbox is null ? ["--Sandbox:Port=0", "--Sandbox:ControlPort=0"] : new[] { $"--Sandbox:Url={sandbox}" },
            .. settings.Select(setting => $"--{setting}"),
        ];
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var (process, url) = await ServerProcess.StartAsync("Crm.Api.dll", arguments, "listens on", environment, cancellationToken);
        return new ApiServer(process, new Uri(url));
    }

    /// <summary>An account, signed in to the API; made when it isn't there.</summary>
    public async Task<Caller> RegisterAsync(string login, CancellationToken cancellationToken)
    {
        var account = await new Caller(_http, "", 0).CallPatientlyAsync(
            "account_auth", new { Login = login, Password, IdApi = 1, ApiHash = new string('a', 32) }, cancellationToken);
        return new Caller(_http, account.GetProperty("access_token").GetString()!, account.GetProperty("id_account").GetInt64());
    }

    /// <summary>An account, signed in to Telegram too.</summary>
    public async Task<Caller> SignInAsync(string login, string phone, CancellationToken cancellationToken)
    {
        var caller = await RegisterAsync(login, cancellationToken);
        await caller.CallPatientlyAsync("telegram_preauth", new { Phone = phone, Password = "sandbox" }, cancellationToken);
        await caller.CallPatientlyAsync("telegram_auth", new { Flag = false }, cancellationToken);
        await caller.CallPatientlyAsync("telegram_auth", new { Flag = true, Code = new string(phone[5], 5) }, cancellationToken);
        return caller;
    }

    /// <summary>How many connections get their messages.</summary>
    public async Task<int> LiveConnectionsAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync("health/ready", cancellationToken);
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            Report.Progress($"not ready: {health}");
        }

        return health.TryGetProperty("telegram", out var telegram) ? telegram.GetProperty("live").GetInt32() : 0;
    }

    /// <summary>How many bytes its runtime has given out since the start.</summary>
    public async Task<long> AllocatedBytesAsync(CancellationToken cancellationToken)
    {
        const string name = "dotnet_gc_heap_total_allocated_bytes_total ";
        var metrics = await _http.GetStringAsync("metrics", cancellationToken);
        var line = metrics.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));
        return (long)double.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
