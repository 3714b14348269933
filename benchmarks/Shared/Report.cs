using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>What a run says.</summary>
internal static class Report
{
    // What these are followed by belongs to one machine, or is secret.
    private static readonly Dictionary<string, string> Hidden = new(StringComparer.Ordinal)
    {
        ["--sqlserver"] = "CONNECTION_STRING",
        ["--keep"] = "DIRECTORY",
    };

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One line to stdout: what was measured, by which command, on what, and the figures.</summary>
    public static void Write(string scenario, IReadOnlyList<string> arguments, object figures) => Console.Out.WriteLine(new JsonObject
    {
        ["program"] = Assembly.GetEntryAssembly()!.GetName().Name,
        ["scenario"] = scenario,
        ["command"] = string.Join(' ', arguments.Select((argument, index) => index == 0 ? argument : Hidden.GetValueOrDefault(arguments[index - 1], argument))),
        ["machine"] = new JsonObject
        {
            ["cores"] = Environment.ProcessorCount,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["os"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
        },
        ["figures"] = JsonSerializer.SerializeToNode(figures, Json),
    }.ToJsonString());

    public static void Progress(string what) => Console.Error.WriteLine(what);
}
