namespace Crm.Benchmarks;

/// <summary>How a number of times, in milliseconds, is spread.</summary>
internal sealed record Percentiles(double P50, double P99)
{
    public static Percentiles Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        return sorted.Count == 0 ? new Percentiles(0, 0) : new Percentiles(At(sorted, 0.5), At(sorted, 0.99));
    }

    private static double At(List<double> sorted, double part) => Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))], 2);
}
