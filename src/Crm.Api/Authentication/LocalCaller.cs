using System.Net;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Authentication;

/// <summary>
/// Tells a caller on this machine from one who only seems to be: behind a proxy that runs here, or a web page that makes
/// the developer's own browser send the request.
/// </summary>
internal static class LocalCaller
{
    // The first line is what proxies add, the second what ASP.NET Core leaves when it believed one.
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via",
        "X-Original-For", "X-Original-Host", "X-Original-Proto",
    ];

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey)
        && IsLocalHost(context.Request.Host.Host)
        && !IsForeignPage(context.Request.Headers);

    /// <summary>A foreign host name that resolves to loopback is the way a web page gets around its own origin.</summary>
    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsForeignPage(IHeaderDictionary headers)
    {
        var origin = headers[HeaderNames.Origin];
        return origin.Count > 0 && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page) && IsLocalHost(page.IdnHost));
    }
}
