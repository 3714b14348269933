using System.Text.Json;

namespace Crm.Benchmarks.Documents;

/// <summary>How long a page takes over how many rows there are, both by tens.</summary>
internal static class PagesPlot
{
    private const int Height = 420;
    private const int Top = 50;
    private const int Bottom = 60;
    private const int Left = 70;
    private const int Right = 190;

    private static readonly (string Name, string Label)[] Series =
    [
        ("p50_ms", "p50"), ("p99_ms", "p99"), ("quiet_p50_ms", "quiet dialogs, p50"), ("quiet_p99_ms", "quiet dialogs, p99"),
    ];

    public static string Draw(IReadOnlyList<Run> runs)
    {
        var sizes = runs[^1].Figures.GetProperty("sizes").EnumerateArray().ToList();
        var rows = Decades(sizes.Select(size => Value(size, "rows")));
        var times = Decades(sizes.SelectMany(size => Series.Select(series => Value(size, series.Name))));
        var svg = new Svg("A page of 50 rows of one dialog", Height);
        foreach (var tick in Ticks(rows))
        {
            svg.Line(X(tick), Top, X(tick), Height - Bottom, "grid");
            svg.Text(X(tick), Height - Bottom + 18, Figure.Format(tick), "muted", "middle");
        }

        foreach (var tick in Ticks(times))
        {
            svg.Line(Left, Y(tick), Svg.Width - Right, Y(tick), "grid");
            svg.Text(Left - 8, Y(tick) + 4, Figure.Format(tick), "muted", "end");
        }

        svg.Text((Left + Svg.Width - Right) / 2.0, Height - 16, "messages stored", "muted", "middle");
        svg.Text(Left, Top - 8, "ms", "muted", "end");
        for (var i = 0; i < Series.Length; i++)
        {
            var points = sizes.Select(size => (X: X(Value(size, "rows")), Y: Y(Value(size, Series[i].Name)))).ToList();
            svg.Polyline(points, $"l{i}");
            points.ForEach(point => svg.Dot(point.X, point.Y, $"s{i}"));
            svg.Dot(Svg.Width - Right + 24, Top + 10 + (22 * i), $"s{i}");
            svg.Text(Svg.Width - Right + 34, Top + 14 + (22 * i), Series[i].Label, "text", "start");
        }

        return svg.ToString();

        double X(double value) => Left + ((Svg.Width - Left - Right) * Part(rows, value));
        double Y(double value) => Height - Bottom - ((Height - Bottom - Top) * Part(times, value));
    }

    private static double Value(JsonElement size, string name) => Math.Max(0.01, size.GetProperty(name).GetDouble());

    /// <summary>The powers of ten around all values.</summary>
    private static (int From, int To) Decades(IEnumerable<double> values)
    {
        var logs = values.Select(Math.Log10).ToList();
        var from = (int)Math.Floor(logs.Min() + 1e-9);
        return (from, Math.Max(from + 1, (int)Math.Ceiling(logs.Max() - 1e-9)));
    }

    private static double Part((int From, int To) range, double value) => (Math.Log10(value) - range.From) / (range.To - range.From);

    private static IEnumerable<double> Ticks((int From, int To) range) =>
        Enumerable.Range(range.From, range.To - range.From + 1).Select(power => Math.Pow(10, power));
}
