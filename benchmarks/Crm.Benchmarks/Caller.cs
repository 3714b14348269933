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
        return answer.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{request.RequestUri}: {answer.StatusCode}");
    }
}
