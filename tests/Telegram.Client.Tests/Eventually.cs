using System.Diagnostics;

namespace Telegram.Client.Tests;

/// <summary>Waits for what other threads are about to do, without sleeping: it yields until it has happened, or far too much time has passed.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Limit), what);
            await Task.Yield();
        }
    }

    /// <summary>Yields until the thread pool has had nothing to do for a moment.</summary>
    public static async Task SettledAsync()
    {
        var quiet = Stopwatch.StartNew();
        while (quiet.Elapsed < Moment)
        {
            await Task.Yield();
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                quiet.Restart();
            }
        }
    }
}
