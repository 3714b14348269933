using System.Text.Json;

namespace Crm.Benchmarks.Documents;

/// <summary>A line that a run wrote to stdout.</summary>
internal sealed record Run(string Program, string Scenario, string Command, string Machine, JsonElement Figures)
{
    /// <summary>The runs in a file, in order; of one command the last.</summary>
    public static List<Run> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.StartsWith('{')).Select(Parse).Reverse().DistinctBy(run => (run.Program, run.Command)).Reverse()];

    /// <summary>A figure by its name, or by a path of names with dots; null where it isn't.</summary>
    public double? Find(string path)
    {
        var found = Figures;
        foreach (var name in path.Split('.'))
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found.ValueKind is JsonValueKind.Number ? found.GetDouble() : null;
    }

    private static Run Parse(string line)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(line);
        var machine = root.GetProperty("machine");
        return new Run(
            Text(root, "program"),
            Text(root, "scenario"),
            Text(root, "command"),
            $"{machine.GetProperty("cores").GetInt32()} cores, {Text(machine, "architecture")}, {Text(machine, "os")}, {Text(machine, "runtime")}",
            root.GetProperty("figures"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
