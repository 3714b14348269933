namespace Crm.Api.Telemetry.Prometheus;

/// <summary>
/// OpenTelemetry's names as Prometheus' own, by the rules of
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/.
/// </summary>
internal static class PrometheusName
{
    private const string Total = "_total";

    /// <summary>A metric's: with its unit, and <c>_total</c> for what only grows.</summary>
    public static string OfMetric(string name, string unit, bool onlyGrows)
    {
        var plain = Clean(name);
        if (UnitSuffix(unit) is { } suffix && !plain.EndsWith(suffix, StringComparison.Ordinal))
        {
            plain += suffix;
        }

        return onlyGrows && !plain.EndsWith(Total, StringComparison.Ordinal) ? plain + Total : plain;
    }

    public static string OfLabel(string name) => Clean(name).Replace(':', '_');

    private static string? UnitSuffix(string unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        _ => null,
    };

    private static string Clean(string name)
    {
        var cleaned = string.Create(name.Length, name, static (signs, from) =>
        {
            for (var i = 0; i < signs.Length; i++)
            {
                signs[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is ':' ? from[i] : '_';
            }
        });
        return cleaned.Length == 0 || char.IsAsciiDigit(cleaned[0]) ? "_" + cleaned : cleaned;
    }
}
