using System.Net;

namespace Crm.Api.Configuration;

/// <summary>Where the server listens: <c>urls</c>, on loopback when nothing says otherwise.</summary>
internal static class ListenAddresses
{
    public const string Key = "urls";

    public static void Check(IConfiguration configuration, SettingReader reader)
    {
        foreach (var url in (configuration[Key] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url))
            {
                reader.Refuse($"{Key} must hold addresses such as {ApiSettings.DefaultUrl}, separated by ';', but holds \"{url}\".");
            }
        }
    }

    /// <summary>Sets the default, unless one of the framework's own ways of naming an address is used.</summary>
    public static void UseDefault(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        string[] keys = [Key, "http_ports", "https_ports"];
        if (keys.All(key => string.IsNullOrWhiteSpace(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(ApiSettings.DefaultUrl);
        }
    }

    /// <summary>Where a program on this machine reaches the server that these settings make listen.</summary>
    public static Uri FirstLocal(IConfiguration configuration)
    {
        // Endpoints take the place of the others, and urls of the ports.
        var endpoint = EndpointUrls(configuration).FirstOrDefault();
        var port = First(configuration["http_ports"]) is { } number ? $"http://*:{number}" : null;
        var address = BindingAddress.Parse((endpoint ?? First(configuration[Key]) ?? port ?? ApiSettings.DefaultUrl).Trim());
        return new UriBuilder(address.Scheme, LocalHost(address.Host), address.Port).Uri;

        static string? First(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;
    }

    /// <summary>Whatever is no address and not localhost is listened to on all addresses, and so is an address of all of them.</summary>
    private static string LocalHost(string host) => IPAddress.TryParse(host, out var address)
        ? address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : host
        : string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? host : "127.0.0.1";

    /// <summary>Whether one of the addresses speaks TLS, so that plain HTTP can be sent there.</summary>
    public static bool HasHttps(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["https_ports"])
        || configuration[Key]?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true
        || EndpointUrls(configuration).Any(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> EndpointUrls(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").Where(url => !string.IsNullOrWhiteSpace(url));

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url.Trim());
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= 65_535 && address.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
