using Crm.Api.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Crm.Api.Telemetry;

/// <summary>Sends metrics and traces to a collector.</summary>
internal static class OtlpExport
{
    /// <summary>A collector that is away must not hold up the end of the process, which waits for the last that is sent.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static void AddTo(OpenTelemetryBuilder telemetry, string[] sources, TelemetrySettings settings) => telemetry
        .WithMetrics(metrics => metrics.AddOtlpExporter((options, reader) =>
        {
            Configure(options, settings, "metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
            reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = (int)Timeout.TotalMilliseconds;
        }))
        .WithTracing(traces => traces
            .AddSource(sources)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.SampledShare)))
            .AddOtlpExporter(options => Configure(options, settings, "traces")));

    private static void Configure(OtlpExporterOptions options, TelemetrySettings settings, string signal)
    {
        var isGrpc = settings.Transport is OtlpTransport.Grpc;
        options.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = isGrpc ? settings.Collector! : new Uri($"{settings.Collector!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        options.Headers = settings.Headers;
        options.TimeoutMilliseconds = (int)Timeout.TotalMilliseconds;
    }
}
