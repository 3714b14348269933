namespace Crm.Api.Hosting;

/// <summary>
/// Answers hold people's messages and tokens: nobody keeps them on the way, no browser reads them as a page, no other page shows ours
/// in a frame, and ours load nothing from elsewhere.
/// </summary>
internal static class SecurityHeaders
{
    private const string NothingAtAll = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The page of the API's documents brings its own script and style, and reads the document.</summary>
    private const string Documents =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly object PolicyKey = new();

    /// <summary>Lets one answer, a page of ours, load what a policy of its own says.</summary>
    public static void Allow(HttpContext context, string policy) => context.Items[PolicyKey] = policy;

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        // Last of all, because an exception's handler begins with empty headers.
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    });

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = PolicyOf(context);
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static string PolicyOf(HttpContext context) =>
        context.Items[PolicyKey] as string
        ?? (context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? Documents : NothingAtAll);
}
