using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crm.Chaos;

/// <summary>One caller of the API, as patient as one has to be: what cannot be answered now is asked again.</summary>
internal sealed class ApiClient(ApiProcess api, string phone) : IDisposable
{
    private const string Password = "correct horse battery";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(10) };
    private string? _token;
    private long _accountId;

    /// <summary>The phone of the operator it acts for.</summary>
    public string Phone => phone;

    /// <summary>How often something had to be asked again.</summary>
    public int Retries { get; private set; }

    /// <summary>An account of its own, signed in to Telegram and listening.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var account = await CallAsync(
            "account_auth",
            new { Login = $"chaos-{phone}", Password, IdApi = 1, ApiHash = new string('a', 32) },
            cancellationToken);
        (_token, _accountId) = (account.GetProperty("access_token").GetString(), account.GetProperty("id_account").GetInt64());
        await CallAsync("telegram_preauth", new { Phone = phone, Password = "sandbox" }, cancellationToken);
        await CallAsync("telegram_auth", new { Flag = false }, cancellationToken);
        await CallAsync("telegram_auth", new { Flag = true, Code = new string(phone[5], 5) }, cancellationToken);
        await CallAsync("telegram_load", new { }, cancellationToken);
        await CallAsync("telegram_handler", new { }, cancellationToken);
    }

    /// <summary>Sends under a key, until the API has taken it.</summary>
    public Task SendAsync(long userId, string text, string key, CancellationToken cancellationToken) =>
        CallAsync("telegram_send", new { UserId = userId, Answer = text }, cancellationToken, key);

    /// <summary>Loads a whole dialog; false when the connection broke on the way.</summary>
    public async Task<bool> TryLoadAsync(long userId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await PostAsync("load_tgdialog", new { UserId = userId }, null, cancellationToken);
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    /// <summary>What is stored of a dialog, in the order in which the API tells it.</summary>
    public async Task<IReadOnlyList<MessageRow>> MessagesAsync(long userId, CancellationToken cancellationToken)
    {
        var dialogs = await CallAsync("get_messages/accountid_and_messenger", new { IdAccount = _accountId, UserId = userId }, cancellationToken);
        return dialogs.TryGetProperty(userId.ToString(CultureInfo.InvariantCulture), out var rows) ? rows.Deserialize<MessageRow[]>(Json)! : [];
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> CallAsync(string route, object body, CancellationToken cancellationToken, string? key = null)
    {
        while (true)
        {
            try
            {
                using var answer = await PostAsync(route, body, key, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
                }

                if (!CanBeAskedAgain(answer.StatusCode))
                {
                    throw new InvalidOperationException($"{route}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
            {
                // It was killed; the answer may be on its way, or half of it has come.
            }

            Retries++;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string route, object body, string? key, CancellationToken cancellationToken)
    {
        var url = api.Url ?? throw new HttpRequestException("The API is down.");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, $"api/{route}"))
        {
            Content = JsonContent.Create(body, body.GetType(), options: Json),
        };
        request.Headers.Authorization = _token is null ? null : new AuthenticationHeaderValue("Bearer", _token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static bool CanBeAskedAgain(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
