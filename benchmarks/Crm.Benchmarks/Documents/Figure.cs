using System.Globalization;

namespace Crm.Benchmarks.Documents;

/// <summary>A line of a table.</summary>
/// <param name="Path">Where it is in a run's figures.</param>
/// <param name="Label">What it is, with its unit.</param>
internal sealed record Figure(string Path, string Label)
{
    /// <summary>What it is to be at least.</summary>
    public double? AtLeast { get; init; }

    /// <summary>What it is to be at most.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whole numbers with separators, others with two places at most.</summary>
    public static string Format(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>A run's value as a cell tells it.</summary>
    public string Cell(Run run)
    {
        if (run.Find(Path) is not { } value)
        {
            return "–";
        }

        var missed = value < AtLeast || value > AtMost;
        return (AtLeast ?? AtMost) is null ? Format(value) : $"{Format(value)}{(missed ? ", **missed**" : "")}";
    }

    public string Name => (AtLeast, AtMost) switch
    {
        ({ } least, _) => $"{Label} (target: at least {Format(least)})",
        (_, { } most) => $"{Label} (target: at most {Format(most)})",
        _ => Label,
    };
}
