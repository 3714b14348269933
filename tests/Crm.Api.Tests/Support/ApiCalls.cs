using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Api.Tests.Support;

/// <summary>Calls as callers make them, and answers as they read them.</summary>
internal static class ApiCalls
{
    public static Task<ApiAnswer> PostAsync(this HttpClient client, string route, string? json = null, string? token = null) =>
        client.PostBytesAsync(route, json is null ? null : Encoding.UTF8.GetBytes(json), json is null ? null : "application/json", token);

    public static Task<ApiAnswer> PostAsync(this HttpClient client, string route, JsonNode json, string? token = null) =>
        client.PostAsync(route, json.ToJsonString(), token);

    public static Task<ApiAnswer> PostBytesAsync(
        this HttpClient client, string route, byte[]? body, string? contentType, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{route}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client.AnswerAsync(request);
    }

    public static async Task<ApiAnswer> AnswerAsync(this HttpClient client, HttpRequestMessage request)
    {
        using (request)
        using (var response = await client.SendAsync(request))
        {
            var text = await response.Content.ReadAsStringAsync();
            return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
        }
    }
}

internal sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new AssertionException($"{Status} has no body.");

    public override string ToString() => $"{(int)Status} {ContentType}: {Text}";
}
