namespace Crm.Benchmarks.Documents;

/// <summary>Bars from left to right, a group for each run.</summary>
internal static class BarChart
{
    private const int Bar = 18;
    private const int Step = 24;
    private const int GroupHead = 30;
    private const int Top = 44;
    private const int Bottom = 48;
    private const int Left = 190;
    private const int Right = 70;

    public static string Of(string title, string unit, IReadOnlyList<Run> runs, Func<Run, (string Label, double? Value)[]> bars)
    {
        var groups = runs.Select(run => (run.Command, Bars: bars(run).Where(bar => bar.Value is not null).ToList())).ToList();
        var most = Axis.NiceTop(groups.SelectMany(group => group.Bars).Max(bar => bar.Value ?? 0));
        var height = Top + Bottom + groups.Sum(group => GroupHead + (Step * group.Bars.Count));
        var svg = new Svg(title, height);
        var bottom = height - Bottom;
        foreach (var tick in Axis.Ticks(most))
        {
            svg.Line(X(tick), Top, X(tick), bottom, "grid");
            svg.Text(X(tick), bottom + 16, Figure.Format(tick), "muted", "middle");
        }

        svg.Text((Left + Svg.Width - Right) / 2.0, bottom + 36, unit, "muted", "middle");
        var y = Top;
        foreach (var (command, inGroup) in groups)
        {
            svg.Text(16, y + 18, command, "head", "start");
            y += GroupHead;
            for (var i = 0; i < inGroup.Count; i++, y += Step)
            {
                var (label, value) = inGroup[i];
                svg.Text(Left - 8, y + 13, label, "text", "end");
                svg.Rectangle(Left, y, Math.Max(1, X(value!.Value) - Left), Bar, $"s{i}");
                svg.Text(X(value.Value) + 6, y + 13, Figure.Format(value.Value), "text", "start");
            }
        }

        return svg.ToString();

        double X(double value) => Left + ((Svg.Width - Left - Right) * value / most);
    }
}
