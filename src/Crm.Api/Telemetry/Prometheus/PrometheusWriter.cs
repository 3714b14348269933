using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Crm.Api.Telemetry.Prometheus;

/// <summary>Writes metrics in Prometheus' text format 0.0.4; see https://prometheus.io/docs/instrumenting/exposition_formats/.</summary>
internal sealed class PrometheusWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Writes one family. A name that is there already is passed over: told twice, nothing of the whole could be read.</summary>
    public void Add(Metric metric)
    {
        var isHistogram = metric.MetricType is MetricType.Histogram;
        var onlyGrows = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusName.OfMetric(metric.Name, metric.Unit, onlyGrows);
        if (metric.MetricType is MetricType.ExponentialHistogram || !_names.Add(name))
        {
            return;
        }

        _text.Append("# HELP ").Append(name).Append(' ').Append(EscapeHelp(metric.Description)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(isHistogram ? "histogram" : onlyGrows ? "counter" : "gauge").Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (isHistogram)
            {
                AddHistogram(name, labels, point);
            }
            else
            {
                AddSample(name, labels, Value(metric.MetricType, point));
            }
        }
    }

    public override string ToString() => _text.ToString();

    private static string Value(MetricType type, MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private void AddHistogram(string name, string labels, MetricPoint point)
    {
        var atMost = 0L;
        var separator = labels.Length > 0 ? "," : "";
        foreach (var bucket in point.GetHistogramBuckets())
        {
            atMost += bucket.BucketCount;
            AddSample($"{name}_bucket", $"{labels}{separator}le=\"{Number(bucket.ExplicitBound)}\"", Number(atMost));
        }

        AddSample($"{name}_sum", labels, Number(point.GetHistogramSum()));
        AddSample($"{name}_count", labels, Number(point.GetHistogramCount()));
    }

    private void AddSample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>Names that become the same in Prometheus' alphabet share one label, as the specification asks.</summary>
    private static string Labels(ReadOnlyTagCollection tags)
    {
        if (tags.Count == 0)
        {
            return string.Empty;
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = PrometheusName.OfLabel(key);
            var text = EscapeLabel(Text(value));
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
