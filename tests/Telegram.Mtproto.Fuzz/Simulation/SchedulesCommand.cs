using System.Diagnostics;
using System.Text.Json;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>Runs many schedules, one seed after the other, and names each seed that breaks an invariant.</summary>
internal static class SchedulesCommand
{
    private const int ProgressEvery = 500;
    private const int MostViolations = 10;

    public static int Run(int count, int seed, TextWriter output, TextWriter progress)
    {
        var totals = new Totals();
        var violated = new Dictionary<int, string>();
        var watch = Stopwatch.StartNew();
        for (var number = seed; number < seed + count && violated.Count < MostViolations; number++)
        {
            try
            {
                totals.Add(SimulatedRun.Run(number));
            }
            catch (Exception failure)
            {
                // Whatever left the library is a finding; its seed repeats it.
                progress.WriteLine($"seed {number}, {Schedule.Of(SeededRandom.For(number, "schedule", 0))}: {failure}");
                progress.WriteLine($"again: schedules --count 1 --seed {number}");
                violated.Add(number, failure.Message);
            }

            if ((number - seed + 1) % ProgressEvery == 0)
            {
                progress.WriteLine($"{number - seed + 1} of {count} schedules, {watch.Elapsed.TotalSeconds:0} s");
            }
        }

        output.WriteLine(JsonSerializer.Serialize(new { violations = violated, seconds = Math.Round(watch.Elapsed.TotalSeconds, 1), totals }));
        return violated.Count == 0 ? 0 : 1;
    }
}
