using System.Diagnostics;

namespace Telegram.Benchmarks;

/// <summary>What one piece of work costs.</summary>
internal sealed record Cost(double PerSecond, double BytesAllocated)
{
    /// <summary>Repeats the work for this long, in turns of about 20 ms, and takes the fastest turn: the one the machine disturbed least.</summary>
    public static Cost Of(double seconds, Action work)
    {
        var turn = CallsIn(TimeSpan.FromMilliseconds(20), work);
        var fastest = double.MaxValue;
        var allocated = long.MaxValue;
        var watch = Stopwatch.StartNew();
        do
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < turn; i++)
            {
                work();
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        return new Cost(turn / fastest, (double)allocated / turn);
    }

    /// <summary>Measures several in turn, and again, so that each sees the same machine; the best of three rounds.</summary>
    public static Cost[] Side(double seconds, params Action[] works)
    {
        var best = Enumerable.Repeat(new Cost(0, 0), works.Length).ToArray();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var cost = Of(seconds / 3, works[i]);
                best[i] = cost.PerSecond > best[i].PerSecond ? cost : best[i];
            }
        }

        return best;
    }

    private static int CallsIn(TimeSpan time, Action work)
    {
        var calls = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < 5 * time)
        {
            work();
            calls++;
        }

        return Math.Max(1, calls / 5);
    }
}
