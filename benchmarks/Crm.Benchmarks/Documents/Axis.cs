namespace Crm.Benchmarks.Documents;

/// <summary>Round numbers along an axis.</summary>
internal static class Axis
{
    private const int Steps = 4;

    /// <summary>A round number that is not less.</summary>
    public static double NiceTop(double value)
    {
        var step = Math.Max(value, 1e-3) / Steps;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double[] nice = [1, 2, 2.5, 5, 10];
        return nice.First(one => one * decade >= step * 0.999) * decade * Steps;
    }

    public static IEnumerable<double> Ticks(double top) => Enumerable.Range(0, Steps + 1).Select(index => top * index / Steps);
}
