using Crm.Api.Configuration;
using Crm.Api.Problems;
using OpenTelemetry.Metrics;

namespace Crm.Api.Telemetry.Prometheus;

/// <summary><c>GET /metrics</c>, for Prometheus and whoever reads its text format.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private static readonly Problem TokenWanted =
        new(StatusCodes.Status401Unauthorized, ProblemCodes.AuthenticationRequired, "Metrics are read with the token they were configured with.");

    /// <summary>
    /// Open to authentication, which would ask the database, and closed by itself. Strangers are told that there is nothing; where a
    /// token opens it, that one is wanted.
    /// </summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet(Path, AnswerAsync).AllowAnonymous().ExcludeFromDescription();

    private static Task AnswerAsync(HttpContext context)
    {
        var settings = context.RequestServices.GetRequiredService<MetricsSettings>();
        if (!MetricsAccess.Allows(context, settings))
        {
            return ProblemResult.WriteAsync(context, settings.Token is null ? StatusProblems.For(StatusCodes.Status404NotFound) : TokenWanted);
        }

        // Made by the first who asks for it, if the host's start hasn't done so.
        context.RequestServices.GetService<MeterProvider>();
        context.Response.ContentType = PrometheusWriter.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(context.RequestServices.GetRequiredService<PrometheusExporter>().Scrape(), context.RequestAborted);
    }
}
