using System.Net;

namespace Crm.Api.Configuration;

/// <summary>Who but programs on this machine may read <c>/metrics</c>; nobody unless configured.</summary>
internal sealed class MetricsSettings
{
    /// <summary>A shorter one could be guessed.</summary>
    private const int ShortestToken = 16;

    /// <summary>What a scraper shows as its bearer token; null for none. A secret.</summary>
    public required string? Token { get; init; }

    /// <summary>From where it may be read without a token.</summary>
    public required IReadOnlyList<IPNetwork> AllowedNetworks { get; init; }

    public static MetricsSettings Read(SettingReader reader) => new()
    {
        Token = ReadToken(reader),
        AllowedNetworks = NetworkList.Read(reader, "Metrics:AllowedNetworks"),
    };

    private static string? ReadToken(SettingReader reader)
    {
        const string Key = "Metrics:Token";
        var token = reader.Text(Key, string.Empty);
        if (token.Length > 0 && (token.Length < ShortestToken || token.Any(sign => sign is <= ' ' or > '~')))
        {
            reader.Refuse($"{Key} must be empty, or at least {ShortestToken} letters, digits and signs without spaces.");
        }

        return token.Length > 0 ? token : null;
    }
}
