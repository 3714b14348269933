using System.Diagnostics;

namespace Crm.Api.Tests.Support;

/// <summary>Waits for what comes over a real connection by itself: looks again until it is there, and gives up after a while.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Predicate<T> isThere, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (isThere(value))
            {
                return value;
            }

            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(Patience), $"never came: {what}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
