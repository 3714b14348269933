using System.Text.Json.Serialization;
using Crm.Api.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Crm.Api.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, and how much of it.</summary>
internal static class HealthSetup
{
    private const string Ready = "ready";
    private const string Telegram = "telegram";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<KeyRingHealthCheck>();
        services.AddHealthChecks()
            .AddCheck<StorageHealthCheck>("database", tags: [Ready])
            .AddCheck<KeyRingHealthCheck>("key_ring", tags: [Ready])
            .AddCheck<TelegramHealthCheck>(Telegram, tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/health/live", static _ => false);
        Map(routes, "/health/ready", static check => check.Tags.Contains(Ready));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<HealthCheckRegistration, bool> which) =>
        routes.MapHealthChecks(path, new HealthCheckOptions { Predicate = which, ResponseWriter = WriteAsync }).AllowAnonymous();

    /// <summary>Anybody may ask, so it holds words and counts: no id, no path, no message of an exception.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status, StringComparer.Ordinal);
        var telegram = report.Entries.TryGetValue(Telegram, out var found) ? found.Data : null;
        return context.Response.WriteAsJsonAsync(new HealthResponse(report.Status, checks, telegram), ApiJson.Options, context.RequestAborted);
    }

    private sealed record HealthResponse(
        HealthStatus Status,
        IReadOnlyDictionary<string, HealthStatus> Checks,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, object>? Telegram);
}
