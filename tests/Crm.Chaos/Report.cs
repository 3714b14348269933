using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Chaos;

/// <summary>What a run says.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One line to stdout; answers the exit code.</summary>
    public static int Write(string scenario, Outcome outcome)
    {
        var line = JsonSerializer.SerializeToNode(outcome, Json)!.AsObject();
        line.Insert(0, "scenario", JsonValue.Create(scenario));
        Console.Out.WriteLine(line.ToJsonString());
        return outcome.IsClean ? 0 : 1;
    }

    public static void Progress(string what) => Console.Error.WriteLine(what);
}
