namespace Telegram.Mtproto.Tests;

internal static class Allocations
{
    private const int Attempts = 3;

    /// <summary>
    /// Bytes allocated on this thread by 100 calls, after enough calls for everything that is set up once. The least of a few attempts: a
    /// collection in between may empty the shared pools, which is no cost of the calls.
    /// </summary>
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            least = Math.Min(least, Measure(action));
        }

        return least;
    }

    private static long Measure(Action action)
    {
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
