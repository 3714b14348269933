using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crm.Benchmarks;

/// <summary>Somebody with a token.</summary>
internal sealed class Caller(HttpClient http, string token, long accountId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private const int PatientTries = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public long AccountId => accountId;

    public async Task<JsonElement> CallAsync(string route, object body, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(route, body, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
    }

    /// <summary>The same, where a server that has no time yet is asked again.</summary>
    public async Task<JsonElement> CallPatientlyAsync(string route, object body, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await CallAsync(route, body, cancellationToken);
            }
            catch (HttpRequestException error) when (error.StatusCode is HttpStatusCode.ServiceUnavailable && tries < PatientTries)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
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

    /// <summary>Opens the stream of the account's events.</summary>
    public async Task<Stream> OpenEventsAsync(CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await (await SendAsync(request, cancellationToken)).Content.ReadAsStreamAsync(cancellationToken);
    }

    private Task<HttpResponseMessage> PostAsync(string route, object body, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"api/{route}") { Content = JsonContent.Create(body, body.GetType(), options: Json) }, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var owned = request;
        request.Headers.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using var refused = answer;
        var problem = await refused.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException($"{request.RequestUri}: {problem}", inner: null, refused.StatusCode);
    }
}
