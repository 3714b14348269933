using System.Diagnostics;

namespace Crm.Chaos;

/// <summary>Everything at once for a while: customers write, we answer, the network fails, the process dies.</summary>
internal static class Mix
{
    private const int Accounts = 6;
    private const int CustomersOfEach = 3;

    public static async Task<Outcome> RunAsync(TimeSpan time, int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(Accounts, cancellationToken);
        var storm = new Storm(world.Sandbox, new Random(seed));
        var letters = await Letters.WatchAsync(world, CustomersOfEach, new Random(seed + 1), cancellationToken);
        var writers = await Writers.WatchAsync(world, CustomersOfEach, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(time);
        var blowing = storm.BlowAsync(end.Token);
        var writing = WriteAsync(letters, end.Token);
        var killing = Killer.RunUntilAsync(world.Api, new Random(seed + 2), end.Token, cancellationToken);
        await writers.SendAsync(_ => !blowing.IsCompleted, _ => true, cancellationToken);

        await killing;
        await Weather.EndAsync(blowing, writing);
        var (expected, found) = await world.SettleAsync(writers, cancellationToken);
        return new Outcome
        {
            Seed = seed,
            Expected = expected,
            Found = found,
            Kills = world.Api.Kills,
            Faults = storm.Counts,
            Retries = world.Clients.Sum(client => client.Retries),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds),
        };
    }

    private static async Task WriteAsync(Letters letters, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await letters.WriteAsync(int.MaxValue, cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }
}
