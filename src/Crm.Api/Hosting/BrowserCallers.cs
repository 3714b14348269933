using Crm.Api.Configuration;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Hosting;

/// <summary>
/// Pages of other origins that may call from a browser: those that are configured. Nothing here uses cookies, so a page gets
/// no further than the token it holds.
/// </summary>
internal static class BrowserCallers
{
    public static IServiceCollection AddBrowserCallers(this IServiceCollection services, HttpSettings settings) =>
        services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .WithOrigins([.. settings.CorsOrigins])
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete)
            .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, "Idempotency-Key", "Last-Event-ID")
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.Location)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
}
