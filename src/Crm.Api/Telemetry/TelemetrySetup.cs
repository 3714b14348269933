using System.Diagnostics.Metrics;
using Crm.Api.Configuration;
using Crm.Api.Telemetry.Prometheus;
using Crm.Application.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Crm.Api.Telemetry;

/// <summary>What is counted and traced, by us and by the framework, and where it goes. Without a collector nothing is traced.</summary>
internal static class TelemetrySetup
{
    private static readonly string[] Meters =
        [CrmMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private static readonly string[] Sources = [CrmActivities.SourceName, "Microsoft.AspNetCore"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, ApiSettings settings)
    {
        services.AddSingleton(settings.Metrics);
        services.AddSingleton<PrometheusExporter>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings.Telemetry.ServiceName, serviceVersion: Version))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>())));
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => KeepOwn(metrics, provider.GetRequiredService<IMeterFactory>()));
        if (settings.Telemetry.Collector is not null)
        {
            OtlpExport.AddTo(telemetry, Sources, settings.Telemetry);
        }

        return services;
    }

    private static string? Version => typeof(TelemetrySetup).Assembly.GetName().Version?.ToString();

    /// <summary>OpenTelemetry hears every meter of the process; those of another host in it, as tests have them, are not ours to tell.</summary>
    private static void KeepOwn(MeterProviderBuilder metrics, IMeterFactory factory) => metrics.AddView(
        instrument => instrument.Meter.Scope is IMeterFactory scope && !ReferenceEquals(scope, factory) ? MetricStreamConfiguration.Drop : null);
}
