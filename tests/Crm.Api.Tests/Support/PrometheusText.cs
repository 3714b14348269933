using System.Globalization;

namespace Crm.Api.Tests.Support;

/// <summary>A family as Prometheus reads it.</summary>
internal sealed record PrometheusFamily(string Name, string Type, string Help)
{
    /// <summary>By the sample's name and its labels, as they stand in the text.</summary>
    public Dictionary<string, double> Samples { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Reads Prometheus' text format 0.0.4 as strictly as https://prometheus.io/docs/instrumenting/exposition_formats/ says, and fails at
/// whatever another reader might stumble over.
/// </summary>
internal sealed class PrometheusText
{
    private readonly Dictionary<string, PrometheusFamily> _families = new(StringComparer.Ordinal);

    private PrometheusText()
    {
    }

    public IReadOnlyDictionary<string, PrometheusFamily> Families => _families;

    public static PrometheusText Parse(string text)
    {
        Assert.That(text, Is.Empty.Or.EndsWith("\n").And.Not.Contains('\r'));
        var parsed = new PrometheusText();
        PrometheusFamily? current = null;
        foreach (var line in text.Split('\n')[..^1])
        {
            current = line.StartsWith('#') ? parsed.ReadComment(line, current) : ReadSample(line, current);
        }

        parsed._families.Values.Where(family => family.Type == "histogram").ToList().ForEach(CheckHistogram);
        return parsed;
    }

    /// <summary>A sample's value; 0 where there is none yet.</summary>
    public double this[string sample]
    {
        get
        {
            var name = sample.Split('{')[0];
            var family = _families.GetValueOrDefault(name)
                ?? _families.GetValueOrDefault(name[..Math.Max(0, name.LastIndexOf('_'))]);
            return family?.Samples.GetValueOrDefault(sample) ?? 0;
        }
    }

    private PrometheusFamily ReadComment(string line, PrometheusFamily? current)
    {
        var parts = line.Split(' ', 4);
        Assert.That(parts, Has.Length.EqualTo(4), line);
        Assert.That(parts[0], Is.EqualTo("#"), line);
        CheckName(parts[2], line);
        if (parts[1] == "HELP")
        {
            Assert.That(_families, Does.Not.ContainKey(parts[2]), $"told twice: {line}");
            CheckEscapes(parts[3], "\\n", line);
            return new PrometheusFamily(parts[2], "", parts[3]);
        }

        Assert.That(parts[1], Is.EqualTo("TYPE"), line);
        Assert.That(current?.Name, Is.EqualTo(parts[2]), $"HELP comes first: {line}");
        Assert.That(parts[3], Is.AnyOf("counter", "gauge", "histogram"), line);
        Assert.That(parts[2].EndsWith("_total", StringComparison.Ordinal), Is.EqualTo(parts[3] == "counter"), line);
        return _families[parts[2]] = current! with { Type = parts[3] };
    }

    private static PrometheusFamily ReadSample(string line, PrometheusFamily? family)
    {
        Assert.That(family?.Type, Is.Not.Null.And.Not.Empty, $"a sample without a TYPE: {line}");
        var space = line.LastIndexOf(' ');
        var (series, text) = (line[..space], line[(space + 1)..]);
        var brace = series.IndexOf('{', StringComparison.Ordinal);
        var name = brace < 0 ? series : series[..brace];
        CheckName(name, line);
        string[] names = family!.Type == "histogram" ? [$"{family.Name}_bucket", $"{family.Name}_sum", $"{family.Name}_count"] : [family.Name];
        Assert.That(names, Does.Contain(name), $"of another family: {line}");
        if (brace >= 0)
        {
            CheckLabels(series[(brace + 1)..], line);
        }

        Assert.That(TryNumber(text, out var value), Is.True, line);
        Assert.That(family.Type != "counter" || value >= 0, Is.True, line);
        Assert.That(family.Samples.TryAdd(series, value), Is.True, $"told twice: {line}");
        return family;
    }

    private static void CheckLabels(string text, string line)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var equals = text.IndexOf("=\"", StringComparison.Ordinal);
            Assert.That(equals, Is.Positive, line);
            Assert.That(text[..equals], Does.Match("^[a-zA-Z_][a-zA-Z0-9_]*$"), line);
            Assert.That(names.Add(text[..equals]), Is.True, $"a label twice: {line}");
            text = text[(equals + 2)..];
            var end = 0;
            for (; text[end] != '"'; end += text[end] == '\\' ? 2 : 1)
            {
            }

            CheckEscapes(text[..end], "\\n\"", line);
            text = text[(end + 1)..];
            if (text == "}")
            {
                return;
            }

            Assert.That(text, Does.StartWith(","), line);
            text = text[1..];
        }
    }

    private static void CheckEscapes(string text, string allowed, string line)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                Assert.That(i + 1 < text.Length && allowed.Contains(text[++i], StringComparison.Ordinal), Is.True, line);
            }
        }
    }

    private static void CheckHistogram(PrometheusFamily family)
    {
        var buckets = family.Samples.Where(sample => sample.Key.StartsWith($"{family.Name}_bucket", StringComparison.Ordinal)).ToList();
        foreach (var series in buckets.GroupBy(bucket => WithoutBound(bucket.Key)))
        {
            var bounds = series.Select(bucket => Bound(bucket.Key)).ToList();
            Assert.That(bounds, Is.Ordered.And.Unique, family.Name);
            Assert.That(bounds[^1], Is.EqualTo(double.PositiveInfinity), family.Name);
            Assert.That(series.Select(bucket => bucket.Value), Is.Ordered, family.Name);
            var labels = series.Key[$"{family.Name}_bucket".Length..];
            Assert.That(family.Samples[$"{family.Name}_count{labels}"], Is.EqualTo(series.Last().Value), family.Name);
            Assert.That(family.Samples, Does.ContainKey($"{family.Name}_sum{labels}"));
        }
    }

    private static double Bound(string series)
    {
        var at = series.LastIndexOf("le=\"", StringComparison.Ordinal) + 4;
        Assert.That(TryNumber(series[at..series.IndexOf('"', at)], out var bound), Is.True, series);
        return bound;
    }

    private static string WithoutBound(string series)
    {
        var at = series.LastIndexOf("le=\"", StringComparison.Ordinal);
        return series[at - 1] == '{' ? series[..(at - 1)] : $"{series[..(at - 1)]}}}";
    }

    private static void CheckName(string name, string line) => Assert.That(name, Does.Match("^[a-zA-Z_:][a-zA-Z0-9_:]*$"), line);

    private static bool TryNumber(string text, out double value)
    {
        value = text switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, "NaN" => double.NaN, _ => 0 };
        return text is "+Inf" or "-Inf" or "NaN" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
