using System.Text.Json;

namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Fuzzes for some minutes, or repeats one case.</summary>
internal static class FuzzCommand
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HangAfter = TimeSpan.FromSeconds(60);

    public static int Run(Arguments arguments, TextWriter output, TextWriter progress)
    {
        var targets = Targets.FuzzTargets.Create().Where(target => arguments.Target is null || target.Name == arguments.Target).ToList();
        if (targets.Count == 0)
        {
            progress.WriteLine($"targets: {string.Join(", ", Targets.FuzzTargets.Create().Select(target => target.Name))}");
            return 2;
        }

        var fuzzer = new Fuzzer(targets, arguments.Seed);
        var minutes = TimeSpan.FromMinutes(arguments.Minutes);
        using var watch = WatchFor(fuzzer, progress);
        if (arguments.Case is { } number)
        {
            fuzzer.RunCases(0, number, 1);
        }
        else
        {
            var next = ProgressEvery;
            fuzzer.RunFor(minutes, elapsed => next = Tell(fuzzer, elapsed, next, progress));
        }

        foreach (var finding in fuzzer.Findings)
        {
            progress.WriteLine($"{finding.Target}: {finding.Problem}");
            progress.WriteLine($"input: {finding.Input}");
            progress.WriteLine($"again: fuzz --seed {finding.Seed} --target {finding.Target} --case {finding.Case}");
        }

        output.WriteLine(JsonSerializer.Serialize(new { findings = fuzzer.Findings, minutes = arguments.Minutes, seed = arguments.Seed, cases = fuzzer.Cases }));
        return fuzzer.Findings.Count == 0 ? 0 : 1;
    }

    private static TimeSpan Tell(Fuzzer fuzzer, TimeSpan elapsed, TimeSpan next, TextWriter progress)
    {
        if (elapsed < next)
        {
            return next;
        }

        progress.WriteLine($"{elapsed.TotalSeconds:0} s, {fuzzer.Cases.Values.Sum()} cases, {fuzzer.Findings.Count} findings");
        return next + ProgressEvery;
    }

    /// <summary>A case that never ends cannot be stopped: it is named, and the process ends.</summary>
    private static Timer WatchFor(Fuzzer fuzzer, TextWriter progress)
    {
        var last = ("", -1L);
        return new Timer(
            _ =>
            {
                var current = fuzzer.Current;
                if (current == last)
                {
                    progress.WriteLine($"hangs: {current.Target}, case {current.Case}");
                    Environment.Exit(3);
                }

                last = current;
            },
            null,
            HangAfter,
            HangAfter);
    }
}
