using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Crm.Chaos;

/// <summary>Each fault alone: customers write and we answer while it happens, and after each the store is compared.</summary>
internal static class Each
{
    private const int Accounts = 2;
    private const int Bursts = 6;

    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(8);

    private static readonly (string Kind, object Fault)[] Faults =
    [
        ("drop_connections", new { Kind = "drop_connections" }),
        ("stall", new { Kind = "stall", Seconds = 3 }),
        ("cut_frame", new { Kind = "cut_frame", Times = 3 }),
        ("skip_update", new { Kind = "skip_update", Count = 5 }),
        ("repeat_update", new { Kind = "repeat_update", Count = 5 }),
        ("flood", new { Kind = "flood", Method = "messages.sendMessage", Seconds = 2, Times = 2 }),
        ("rpc_error", new { Kind = "rpc_error", Method = "messages.sendMessage", Code = 500, Message = "INTERNAL", Times = 3 }),
        ("lose_answer", new { Kind = "lose_answer", Method = "messages.sendMessage", Times = 3 }),
        ("lose_difference", new { Kind = "lose_answer", Method = "updates.getDifference", Times = 2 }),
        ("clock", new { Kind = "clock", OffsetSeconds = 350 }),
        ("new_salt", new { Kind = "new_salt" }),
        ("restart", new { Kind = "restart", Seconds = 2 }),
    ];

    public static async Task<Outcome> RunAsync(int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(Accounts, cancellationToken);
        var letters = await Letters.WatchAsync(world, 2, new Random(seed), cancellationToken);
        var writers = await Writers.WatchAsync(world, 2, cancellationToken);
        var (expected, found) = (0, Differences.None);
        var number = 0;
        foreach (var (kind, fault) in Faults)
        {
            await AloneAsync(kind, () => world.Sandbox.FaultAsync(fault, cancellationToken));
        }

        await AloneAsync("kill", () => world.Api.KillAndStartAsync(new Random(seed), cancellationToken));
        await AloneAsync("locked", () => HoldAsync(world.Api.DatabaseFile, cancellationToken));
        return new Outcome
        {
            Seed = seed,
            Expected = expected,
            Found = found,
            Kills = world.Api.Kills,
            Faults = Faults.ToDictionary(fault => fault.Kind, _ => 1),
            Retries = world.Clients.Sum(client => client.Retries),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds),
        };

        async Task AloneAsync(string kind, Func<Task> happen)
        {
            Report.Progress(kind);
            var last = number += Bursts;
            var answering = writers.SendAsync(next => next <= last, _ => true, cancellationToken);
            var happening = happen();
            for (var i = 0; i < Bursts; i++)
            {
                await letters.WriteAsync(int.MaxValue, cancellationToken);
            }

            await Task.WhenAll(happening, answering);
            var (held, differences) = await world.SettleAsync(writers, cancellationToken);
            (expected, found) = (held, found + differences);
            if (!differences.IsNone)
            {
                Report.Progress($"  {kind}: {differences}");
            }
        }
    }

    /// <summary>Another process has the database to itself for a while.</summary>
    private static async Task HoldAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await Task.Delay(Locked, TimeProvider.System, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }
}
