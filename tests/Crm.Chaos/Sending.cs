using System.Diagnostics;
using System.Globalization;

namespace Crm.Chaos;

/// <summary>We answer customers; answers are lost, connections drop, the process dies. Each send is repeated with its key until it was taken.</summary>
internal static class Sending
{
    private const int Accounts = 5;
    private const int CustomersOfEach = 4;
    private const int LostSends = 12;

    public static async Task<Outcome> RunAsync(int messages, int kills, int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(Accounts, cancellationToken);
        var storm = new Storm(world.Sandbox, new Random(seed), LostSends);
        var writers = await Writers.WatchAsync(world, CustomersOfEach, cancellationToken);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blowing = storm.BlowAsync(calm.Token);
        var killing = Killer.RunAsync(world.Api, kills, new Random(seed + 2), cancellationToken);

        // Each kill falls into some part of the sends.
        await writers.SendAsync(
            number => number <= messages,
            number => killing.IsCompleted || (double)number / messages <= (world.Api.Kills + 1.0) / (kills + 1),
            cancellationToken);
        await killing;
        await calm.CancelAsync();
        await Weather.EndAsync(blowing);
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

    /// <summary>The number of a text of ours.</summary>
    internal static int NumberOf(string text) => int.Parse(text[(text.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
}
