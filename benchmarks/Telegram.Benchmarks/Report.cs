using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Telegram.Benchmarks;

/// <summary>What a run says.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One line to stdout: the benchmark, where it ran, and its figures.</summary>
    public static void Write(string benchmark, object figures) => Console.Out.WriteLine(new JsonObject
    {
        ["benchmark"] = benchmark,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["cores"] = Environment.ProcessorCount,
        ["figures"] = JsonSerializer.SerializeToNode(figures, Json),
    }.ToJsonString());

    public static void Progress(string what) => Console.Error.WriteLine(what);
}
