using System.Diagnostics;

namespace Telegram.Client.Tests;

/// <summary>Waits for what other threads are about to do, without sleeping: it yields until it has happened, or far too much time has passed.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Limit), what);
            await Task.Yield();
        }
    }
}
