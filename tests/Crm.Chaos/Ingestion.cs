using System.Diagnostics;

namespace Crm.Chaos;

/// <summary>Customers write to many accounts while the network fails and the process is killed.</summary>
internal static class Ingestion
{
    private const int CustomersOfEach = 3;

    public static async Task<Outcome> RunAsync(int accounts, int messages, int kills, int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(accounts, cancellationToken);
        var storm = new Storm(world.Sandbox, new Random(seed));
        var letters = await Letters.WatchAsync(world, CustomersOfEach, new Random(seed + 1), cancellationToken);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blowing = storm.BlowAsync(calm.Token);
        var killing = Killer.RunAsync(world.Api, kills, new Random(seed + 2), cancellationToken);

        var sent = 0;
        while (sent < messages)
        {
            // The messages are spread over the time the kills take.
            sent += await letters.WriteAsync(messages - sent, cancellationToken);
            while (!killing.IsCompleted && (double)sent / messages > (world.Api.Kills + 1.0) / (kills + 1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }

        await killing;
        await calm.CancelAsync();
        await Weather.EndAsync(blowing);
        var (expected, found) = await world.SettleAsync(writers: null, cancellationToken);
        return new Outcome
        {
            Seed = seed,
            Expected = expected,
            Found = found,
            Kills = world.Api.Kills,
            Faults = storm.Counts,
            Seconds = Math.Round(watch.Elapsed.TotalSeconds),
        };
    }
}
