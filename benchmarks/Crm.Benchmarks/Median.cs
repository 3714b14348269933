namespace Crm.Benchmarks;

/// <summary>What rounds that took turns say together; of two in the middle the higher one.</summary>
internal static class Median
{
    public static double Of<T>(IReadOnlyList<T> rounds, Func<T, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
}
