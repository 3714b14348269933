namespace Telegram.Mtproto.Tests;

internal static class Allocations
{
    /// <summary>Bytes allocated on this thread by 100 calls, after enough calls for everything that is set up once.</summary>
    public static long Of(Action action)
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
