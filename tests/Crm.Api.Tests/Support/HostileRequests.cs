using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Crm.Api.Tests.Support;

/// <summary>Requests nobody sends by accident, the same ones for the same seed.</summary>
internal sealed class HostileRequests(int seed, IReadOnlyList<(string Method, string Path)> routes, IReadOnlyList<string?> credentials)
{
    private const int MegaBytes = 1024 * 1024;

    private static readonly string[] Fields =
    [
        "login", "password", "id_api", "api_hash", "refresh_token", "new_password", "phone", "code", "user_id", "flag", "resend", "force", "id_account",
        "answer", "messenger", "id", "after_id", "limit", "url", "secret", "events", "active", "after", "name", "scopes", "addresses", "expires_in_days",
        "", "__proto__", "$type", "login\\u0000",
    ];

    /// <summary>JSON as it stands in the body. No text here is a phone: nothing is to be asked of Telegram.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e2", "1e400", "-1E+400", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "2147483648", "00012", "0x1F", "NaN", "Infinity", "\"\"", "\" \"", "\"1\"", "\"telegram\"", "\"read\"", "[\"read\"]",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\uffff\"", "\"\\r\\nfail: forged line\"", "\"' OR 1=1 --\"", "\"'; DROP TABLE messages; --\"",
        "\"%s%n%x\"", "\"{0} {1:X}\"", "\"${jndi:ldap://x}\"", "\"../../../../etc/passwd\"", "\"\\u202Egnp.exe\"", "\"😀👨‍👩‍👧\"", "\"http://[::1\"", "\"file:///etc/passwd\"",
        "\"http://127.0.0.1\"", "\"0.0.0.0/0\"", "[]", "[[]]", "[null]", "[1,\"x\",{}]", "{}", "{\"a\":{\"a\":{}}}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "\"2026-11-22T00:00:00Z\"", "\"9999999999999999999999\"", "\"-1\"", "\"1e5\"", "\"\\\\\\\"\"", "'x'", "undefined", "// no\n1", "1,", "\"unfinished",
    ];

    private static readonly string[] Whole =
    [
        "", " ", "null", "true", "0", "\"text\"", "[]", "[{}]", "{", "}", "{\"a\"}", "{\"a\":}", "{,}", "{\"a\":1,}", "{'a':1}", "nul", "\uFEFF{}", "{}{}", "{} x",
        "{\"flag\":false,\"flag\":true,\"FLAG\":1}", "{\"user_id\":1,\"user_id\":2,\"answer\":\"x\",\"answer\":null}", "<xml/>", "flag=false",
    ];

    private static readonly string[] Ids = ["0", "-1", "1", "9223372036854775807", "9223372036854775808", "abc", "1.5", "%00", "%2e%2e", "1%2f2", "%F0%9F%98%80", "'%20OR%201=1", "%ff"];

    private static readonly string[] Headers = ["Idempotency-Key", "Last-Event-ID", "Accept", "Accept-Language", "X-Forwarded-For", "Origin", "traceparent", "If-None-Match", "Range"];

    private static readonly string[] HeaderValues =
        ["", "x", "-1", "0", "99999999999999999999", "*/*;q=x", "text/event-stream", "application/json", "' OR 1=1 --", "00-00000000000000000000000000000000-0000000000000000-00", "null", "bytes=-5"];

    private static readonly string?[] ContentTypes =
        ["application/json", "application/json", "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "text/plain", "application/x-www-form-urlencoded", "*/*", null];

    private readonly Random _random = new(seed);

    public HttpRequestMessage Next()
    {
        var (method, path) = Pick(routes);
        var request = new HttpRequestMessage(
            new HttpMethod(_random.Next(20) == 0 ? Pick(["PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "X"]) : method),
            new Uri(Fill(path) + Query(), UriKind.Relative));
        if (Pick(credentials) is { } credential)
        {
            request.Headers.TryAddWithoutValidation("Authorization", _random.Next(10) == 0 ? credential.Replace("Bearer ", "bearer\t", StringComparison.Ordinal) : credential);
        }

        for (var i = _random.Next(3); i > 0; i--)
        {
            request.Headers.TryAddWithoutValidation(Pick(Headers), _random.Next(50) == 0 ? new string('h', 20_000) : Pick(HeaderValues));
        }

        if (method == "POST" || _random.Next(10) == 0)
        {
            request.Content = new ByteArrayContent(Body());
            request.Content.Headers.ContentType = Pick(ContentTypes) is { } type ? MediaTypeHeaderValue.Parse(type) : null;
        }

        return request;
    }

    private string Fill(string path) => path.Replace("{id}", Pick(Ids), StringComparison.Ordinal);

    private string Query() => _random.Next(3) == 0
        ? $"?{Pick(["after", "limit", "before", "x"])}={Uri.EscapeDataString(Pick(Values).Trim('"').Replace("\\u", "", StringComparison.Ordinal))}"
        : "";

    private byte[] Body() => _random.Next(40) switch
    {
        < 6 => Encoding.UTF8.GetBytes(Pick(Whole)),
        6 => Encoding.UTF8.GetBytes(new string('[', 200_000)),
        7 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000)),
        8 => [0x7B, 0x22, 0x6C, 0x6F, 0x67, 0x69, 0x6E, 0x22, 0x3A, 0x22, 0xC3, 0x28, 0xF0, 0x9F, 0x22, 0x7D],
        9 => Bytes(_random.Next(1, 300)),
        10 when _random.Next(20) == 0 => Encoding.UTF8.GetBytes("{\"answer\":\"" + new string('x', 10 * MegaBytes) + "\"}"),
        11 => Encoding.UTF8.GetBytes("{\"user_id\":1,\"answer\":\"" + new string('x', _random.Next(4000, 5000)) + "\"}"),
        12 => Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"f{i.ToString(CultureInfo.InvariantCulture)}\":{i.ToString(CultureInfo.InvariantCulture)}")) + "}"),
        _ => Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, _random.Next(8)).Select(_ => $"\"{Pick(Fields)}\":{Pick(Values)}")) + "}"),
    };

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
