using System.Text;

namespace Crm.Benchmarks.Documents;

/// <summary>What the documentation tells of one scenario: a table with a column for each run, and a plot.</summary>
/// <param name="Scenario">Whose runs.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Figures">The table's lines.</param>
/// <param name="Plot">Draws the runs.</param>
internal sealed record Section(string Scenario, string Title, IReadOnlyList<Figure> Figures, Func<IReadOnlyList<Run>, string> Plot)
{
    /// <summary>What has a column of its own, where that isn't the run.</summary>
    public Func<Run, IEnumerable<Run>> Columns { get; init; } = run => [run];

    public void Write(StringBuilder text, IReadOnlyList<Run> ofScenario, string image)
    {
        var runs = ofScenario.SelectMany(Columns).ToList();
        text.Append($"### {Title}\n\n");
        text.Append($"| | {string.Join(" | ", runs.Select(run => $"`{run.Command}`"))} |\n");
        text.Append($"|---|{string.Concat(runs.Select(_ => "---:|"))}\n");
        foreach (var figure in Figures.Where(figure => runs.Any(run => run.Find(figure.Path) is not null)))
        {
            text.Append($"| {figure.Name} | {string.Join(" | ", runs.Select(figure.Cell))} |\n");
        }

        text.Append($"\n![{Title}]({image})\n\n");
    }
}
