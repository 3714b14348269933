using System.Diagnostics;

namespace Crm.Chaos;

/// <summary>One long dialog is imported; the process is killed on the way and asked again.</summary>
internal static class Import
{
    private const string Method = "messages.getHistory";
    private const int PageSize = 100;

    public static async Task<Outcome> RunAsync(int messages, int kills, int seed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var world = await World.StartAsync(1, cancellationToken, "DialogsPerOperator=1", $"MessagesPerDialog={messages}");
        var client = world.Clients[0];
        var userId = await LongestAsync(world, cancellationToken);
        var truth = await world.Sandbox.MessagesAsync(client.Phone, userId, cancellationToken);
        var asked = await AskedAsync(world, cancellationToken);
        var random = new Random(seed);
        bool isLoaded;
        do
        {
            var loading = client.TryLoadAsync(userId, cancellationToken);
            if (world.Api.Kills < kills)
            {
                // After some pages, wherever that is.
                var pages = await AskedAsync(world, cancellationToken) + random.Next(1, Math.Max(2, truth.Count / PageSize / kills));
                await PagesAsync(world, loading, pages, cancellationToken);
                await world.Api.KillAndStartAsync(new Random(0), cancellationToken);
                Report.Progress($"  kill {world.Api.Kills}");
            }

            isLoaded = await loading;
        }
        while (!isLoaded || world.Api.Kills < kills);

        return new Outcome
        {
            Seed = seed,
            Expected = truth.Count,
            Found = Differences.Between(truth, await client.MessagesAsync(userId, cancellationToken)),
            Kills = world.Api.Kills,
            Faults = new Dictionary<string, int>(),
            Pages = new PageCount(await AskedAsync(world, cancellationToken) - asked, (truth.Count + PageSize - 1) / PageSize, world.Api.Kills),
            Seconds = Math.Round(watch.Elapsed.TotalSeconds),
        };
    }

    private static async Task<long> LongestAsync(World world, CancellationToken cancellationToken)
    {
        var longest = (Count: 0, UserId: 0L);
        foreach (var userId in world.Customers)
        {
            var count = (await world.Sandbox.MessagesAsync(world.Clients[0].Phone, userId, cancellationToken)).Count;
            longest = count > longest.Count ? (count, userId) : longest;
        }

        return longest.UserId;
    }

    /// <summary>Waits until so many pages were asked for, or the import is done: it also goes on while nobody has asked for it again.</summary>
    private static async Task PagesAsync(World world, Task loading, long count, CancellationToken cancellationToken)
    {
        while (!loading.IsCompleted && await AskedAsync(world, cancellationToken) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<long> AskedAsync(World world, CancellationToken cancellationToken) =>
        (await world.Sandbox.RpcsAsync(cancellationToken)).GetValueOrDefault(Method);
}
