using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>The API as a process, and one caller who is signed in to it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string Password = "correct horse battery";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private ApiServer(ServerProcess process, Uri url, string directory)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromHours(1) };
        DatabaseFile = Path.Combine(directory, "crm.db");
        Resources = new ProcessResources(process.Id);
    }

    public ProcessResources Resources { get; }

    public string DatabaseFile { get; }

    /// <summary>On data of its own; without a sandbox nobody can sign in to Telegram.</summary>
    public static async Task<ApiServer> StartAsync(string directory, Uri? sandbox, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", $"--Data:Directory={directory}", "--RateLimits:PerSecond=1000000", "--RateLimits:Burst=1000000",
            .. sandbox is null ? ["--Sandbox:Port=0", "--Sandbox:ControlPort=0"] : new[] { $"--Sandbox:Url={sandbox}" },
        ];
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        var (process, url) = await ServerProcess.StartAsync("Crm.Api.dll", arguments, "listens on", environment, cancellationToken);
        return new ApiServer(process, new Uri(url), directory);
    }

    /// <summary>An account, signed in to the API.</summary>
    public async Task<Caller> RegisterAsync(string login, CancellationToken cancellationToken)
    {
        var account = await new Caller(_http, "", 0).CallAsync(
            "account_auth", new { Login = login, Password, IdApi = 1, ApiHash = new string('a', 32) }, cancellationToken);
        return new Caller(_http, account.GetProperty("access_token").GetString()!, account.GetProperty("id_account").GetInt64());
    }

    /// <summary>An account, signed in to Telegram too.</summary>
    public async Task<Caller> SignInAsync(string phone, CancellationToken cancellationToken)
    {
        var caller = await RegisterAsync($"benchmark-{phone}", cancellationToken);
        await caller.CallAsync("telegram_preauth", new { Phone = phone, Password = "sandbox" }, cancellationToken);
        await caller.CallAsync("telegram_auth", new { Flag = false }, cancellationToken);
        await caller.CallAsync("telegram_auth", new { Flag = true, Code = new string(phone[5], 5) }, cancellationToken);
        return caller;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>Somebody with a token.</summary>
    internal sealed class Caller(HttpClient http, string token, long accountId)
    {
        public long AccountId => accountId;

        public async Task<JsonElement> CallAsync(string route, object body, CancellationToken cancellationToken)
        {
            using var answer = await PostAsync(route, body, cancellationToken);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
        }

        /// <summary>Posts, and reads the answer without keeping it; answers how long it is.</summary>
        public async Task<long> DrainAsync(string route, object body, Action? onFirstByte, CancellationToken cancellationToken)
        {
            using var answer = await PostAsync(route, body, cancellationToken);
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[64 * 1024];
            var length = 0L;
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; length += read)
            {
                if (length == 0)
                {
                    onFirstByte?.Invoke();
                }
            }

            return length;
        }

        private async Task<HttpResponseMessage> PostAsync(string route, object body, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/{route}") { Content = JsonContent.Create(body, body.GetType(), options: Json) };
            request.Headers.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{route}: {answer.StatusCode}");
        }
    }
}
