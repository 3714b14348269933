using System.Net;

namespace Crm.Api.Configuration;

/// <summary>Who may call over HTTP, how often, and through what.</summary>
internal sealed class HttpSettings
{
    /// <summary>Calls per second of one account, in the long run.</summary>
    public required int CallsPerSecond { get; init; }

    /// <summary>Calls of one account at once, after a rest.</summary>
    public required int CallsAtOnce { get; init; }

    /// <summary>Calls per second from one address without a token, in the long run.</summary>
    public required int AnonymousCallsPerSecond { get; init; }

    public required int AnonymousCallsAtOnce { get; init; }

    /// <summary>Web pages of these origins may call from a browser; none unless configured.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; none unless configured.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    public static HttpSettings Read(SettingReader reader) => new()
    {
        CallsPerSecond = reader.Count("RateLimits:PerSecond", 500, minimum: 1, maximum: 1_000_000),
        CallsAtOnce = reader.Count("RateLimits:Burst", 5000, minimum: 1, maximum: 1_000_000),
        AnonymousCallsPerSecond = reader.Count("RateLimits:AnonymousPerSecond", 200, minimum: 1, maximum: 1_000_000),
        AnonymousCallsAtOnce = reader.Count("RateLimits:AnonymousBurst", 2000, minimum: 1, maximum: 1_000_000),
        CorsOrigins = ReadOrigins(reader),
        TrustedProxies = NetworkList.Read(reader, "Http:TrustedProxies"),
    };

    private static List<string> ReadOrigins(SettingReader reader)
    {
        var origins = new List<string>();
        foreach (var text in NetworkList.Items(reader, "Cors:Origins"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.GetLeftPart(UriPartial.Authority) == text)
            {
                origins.Add(text);
            }
            else
            {
                reader.Refuse($"Cors:Origins must be origins such as https://crm.example.com, separated by commas, but holds \"{text}\".");
            }
        }

        return origins;
    }
}
