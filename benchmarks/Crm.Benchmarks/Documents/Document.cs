using System.Text;

namespace Crm.Benchmarks.Documents;

/// <summary>The measured part of docs/benchmarks.md and its plots, from what runs have written. The same runs give the same files.</summary>
internal static class Document
{
    private const string Begin = "<!-- measured: begin, written by `Crm.Benchmarks -- report` -->";
    private const string End = "<!-- measured: end -->";
    private const string Images = "images/benchmarks";

    /// <summary>Writes them; answers which scenarios there were runs of.</summary>
    public static IReadOnlyList<string> Write(string results, string directory)
    {
        var runs = Run.Read(results).Where(run => run.Program == "Crm.Benchmarks").ToList();
        var page = Path.Combine(directory, "benchmarks.md");
        var before = File.ReadAllText(page);
        var (from, to) = (before.IndexOf(Begin, StringComparison.Ordinal), before.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{page} has no line \"{Begin}\" with \"{End}\" behind it.");
        }

        Directory.CreateDirectory(Path.Combine(directory, Images));
        var text = new StringBuilder(before[..(from + Begin.Length)]).Append("\n\n");
        text.Append($"Measured on: {string.Join("; ", runs.Select(run => run.Machine).Distinct(StringComparer.Ordinal))}. Each column is a run of\n");
        text.Append("`dotnet run -c Release --project benchmarks/Crm.Benchmarks -- …` with the arguments over it.\n\n");
        var written = new List<string>();
        foreach (var section in Sections.All)
        {
            var ofSection = runs.Where(run => run.Scenario == section.Scenario).ToList();
            if (ofSection.Count > 0)
            {
                var image = $"{Images}/{section.Scenario}.svg";
                File.WriteAllText(Path.Combine(directory, image), section.Plot(ofSection));
                section.Write(text, ofSection, image);
                written.Add(section.Scenario);
            }
        }

        File.WriteAllText(page, text.Append(before[to..]).ToString());
        return written;
    }
}
