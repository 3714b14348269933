using System.Buffers;

namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Tries inputs and measures what they cost.</summary>
internal static class Trial
{
    private const int MaxMinimisations = 2000;
    private static readonly SearchValues<char> Details = SearchValues.Create(":0123456789");

    /// <summary>How much processor time one case may take; not the time that passes, which on a busy machine says nothing.</summary>
    private static readonly TimeSpan TimeBudget = TimeSpan.FromSeconds(5);

    /// <summary>Tries an input.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    public static string? Run(FuzzTarget target, byte[] input)
    {
        var copy = (byte[])input.Clone();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Environment.CpuUsage.TotalTime;
        try
        {
            target.Run(copy);
        }
        catch (Exception finding)
        {
            // Targets catch what the library declares: anything else is a finding, whatever it is.
            return finding.ToString();
        }

        var elapsed = Environment.CpuUsage.TotalTime - started;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var bound = target.AllocationBase + (target.AllocationFactor * input.Length);
        return elapsed > TimeBudget ? $"took {elapsed.TotalSeconds:0.0} s" : allocated > bound ? $"allocated {allocated} bytes, more than {bound}" : null;
    }

    /// <summary>Takes pieces out of an input as long as the same kind of thing goes wrong.</summary>
    public static byte[] Minimise(FuzzTarget target, byte[] input, string problem)
    {
        var kind = KindOf(problem);
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); size > 0 && tries < MaxMinimisations; size /= 2)
        {
            for (var at = 0; at + size <= input.Length && tries < MaxMinimisations; tries++)
            {
                byte[] shorter = [.. input[..at], .. input[(at + size)..]];
                if (Run(target, shorter) is { } same && KindOf(same) == kind)
                {
                    input = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    /// <summary>What a problem says before its details begin.</summary>
    private static string KindOf(string problem)
    {
        var end = problem.AsSpan().IndexOfAny(Details);
        return end < 0 ? problem : problem[..end];
    }
}
