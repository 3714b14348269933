using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Crm.Api.Telemetry.Prometheus;

/// <summary>Collects when it is asked, and keeps nothing in between. One collects at a time.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int TimeoutMilliseconds = 10_000;

    private readonly Lock _lock = new();
    private string _text = string.Empty;

    /// <summary>Set by the reader this is made part of; without one, because telemetry is switched off, there is nothing to tell.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>All metrics as they are now, in Prometheus' text format.</summary>
    public string Scrape()
    {
        lock (_lock)
        {
            _text = string.Empty;
            Collect?.Invoke(TimeoutMilliseconds);
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var writer = new PrometheusWriter();
        foreach (var metric in batch)
        {
            writer.Add(metric);
        }

        _text = writer.ToString();
        return ExportResult.Success;
    }
}
