using System.Security.Cryptography;
using System.Text;
using Crm.Api.Authentication;
using Crm.Api.Configuration;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Telemetry.Prometheus;

/// <summary>
/// Who may read metrics: programs on this machine, and whom the settings name. They tell of the whole server, so no account's token
/// opens them; and they are wanted most when the database that knows tokens is away.
/// </summary>
internal static class MetricsAccess
{
    private const string Bearer = "Bearer ";

    /// <summary>What a proxy adds. Where one of them is left, the address is the proxy's and not the caller's.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    public static bool Allows(HttpContext context, MetricsSettings settings) =>
        LocalCaller.IsLocal(context) || IsAllowedNetwork(context, settings) || HasToken(context, settings);

    private static bool IsAllowedNetwork(HttpContext context, MetricsSettings settings)
    {
        if (context.Connection.RemoteIpAddress is not { } remote || Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey))
        {
            return false;
        }

        var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return settings.AllowedNetworks.Any(network => network.Contains(address));
    }

    private static bool HasToken(HttpContext context, MetricsSettings settings)
    {
        var shown = context.Request.Headers[HeaderNames.Authorization].ToString();
        return settings.Token is { } token
            && shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(shown[Bearer.Length..].Trim()), Hash(token));
    }

    /// <summary>Of one length, whatever was shown.</summary>
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
