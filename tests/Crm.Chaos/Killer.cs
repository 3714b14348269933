namespace Crm.Chaos;

/// <summary>Kills the API at moments nobody chose.</summary>
internal static class Killer
{
    /// <summary>So many kills, each some time after the one before.</summary>
    public static async Task RunAsync(ApiProcess api, int kills, Random random, CancellationToken cancellationToken)
    {
        while (api.Kills < kills)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 3_000)), TimeProvider.System, cancellationToken);
            await api.KillAndStartAsync(random, cancellationToken);
            if (api.Kills % 10 == 0)
            {
                Report.Progress($"  {api.Kills} kills");
            }
        }
    }

    /// <summary>Kills until it is cancelled; the API is up afterwards.</summary>
    public static async Task RunUntilAsync(ApiProcess api, Random random, CancellationToken end, CancellationToken cancellationToken)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 8_000)), TimeProvider.System, cancellationToken);
            await api.KillAndStartAsync(random, cancellationToken);
        }
    }
}
