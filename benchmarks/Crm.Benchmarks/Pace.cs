using System.Diagnostics;

namespace Crm.Benchmarks;

/// <summary>Does something so often a second, whether or not what went before is done: who is slow is not spared.</summary>
internal static class Pace
{
    /// <summary>Answers when all of it is done.</summary>
    public static async Task RunAsync(double perSecond, int count, Func<int, Task> action, CancellationToken cancellationToken)
    {
        var running = new List<Task>(count);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var ahead = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(began);
            if (ahead > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(ahead, TimeProvider.System, cancellationToken);
            }

            running.Add(action(i));
        }

        await Task.WhenAll(running);
    }
}
