using System.Diagnostics;
using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>
/// The API with many listening accounts: how long after the start of its process all of them have what was written to them while it was
/// down, and what it holds in memory, idle and while one in ten gets a message each second.
/// </summary>
internal static class Density
{
    private const int WritersAtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<object> RunAsync(int accounts, int busySeconds, string? keep, CancellationToken cancellationToken)
    {
        using var place = new Workplace(keep);
        var preparing = await World.PrepareAsync(place, accounts, cancellationToken);
        var empty = await MeasureEmptyAsync(cancellationToken);
        await using var sandbox = await World.StartSandboxAsync(place, accounts, cancellationToken);
        var flood = new Flood(sandbox, await World.PhonesAsync(sandbox, accounts, cancellationToken), await CustomerAsync(sandbox, cancellationToken), 0);
        var stored = Stored.InSqlite(place.DatabaseFile);
        var before = stored.LastId();
        var phones = flood.Phones.Distinct(StringComparer.Ordinal).ToList();
        Report.Progress("writing one message to each while nobody listens");
        var writing = new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(phones, writing, async (phone, token) => await flood.WriteAsync(phone, 1, token));

        var began = Stopwatch.GetTimestamp();
        await using var api = await ApiServer.StartAsync(place.Api, sandbox.ControlUrl, cancellationToken);
        var answering = Stopwatch.GetElapsedTime(began);
        await World.WaitUntilAllListenAsync(api, accounts, cancellationToken);
        var listening = Stopwatch.GetElapsedTime(began);
        var isWhole = await stored.WaitForAsync(before, accounts, Patience, cancellationToken);
        var caughtUp = Stopwatch.GetElapsedTime(began);
        var startProcessor = api.Resources.Processor;
        Report.Progress($"caught up after {caughtUp.TotalSeconds:F1} s; it rests");
        await World.RestAsync(api, cancellationToken);
        var idle = api.Resources.Resident;
        var peak = api.Resources.PeakResident;
        var busy = await KeepBusyAsync(api, flood, stored, accounts / 10, busySeconds, cancellationToken);
        return new
        {
            accounts,
            prepare_seconds = preparing == TimeSpan.Zero ? (double?)null : Math.Round(preparing.TotalSeconds, 1),
            seconds_until_answering = Math.Round(answering.TotalSeconds, 1),
            seconds_until_all_listen = Math.Round(listening.TotalSeconds, 1),
            seconds_until_caught_up = Math.Round(caughtUp.TotalSeconds, 1),
            missing = isWhole ? 0 : accounts - stored.Count(before),
            start_processor_seconds = Math.Round(startProcessor.TotalSeconds, 1),
            empty_resident_mib = empty >> 20,
            idle_resident_mib = idle >> 20,
            peak_resident_mib = peak >> 20,
            idle_resident_bytes_per_account = (idle - empty) / accounts,
            busy_messages_per_second = accounts / 10,
            busy_resident_mib = busy.Resident >> 20,
            busy_resident_bytes_per_account = (busy.Resident - empty) / accounts,
            busy_processor_share = busy.Processor,
            busy_lag_p50_ms = busy.Lag.P50,
            busy_lag_p99_ms = busy.Lag.P99,
        };
    }

    /// <summary>What the process holds with no account at all.</summary>
    private static async Task<long> MeasureEmptyAsync(CancellationToken cancellationToken)
    {
        using var place = new Workplace();
        await using var api = await ApiServer.StartAsync(place.Api, sandbox: null, cancellationToken);
        await World.RestAsync(api, cancellationToken);
        return api.Resources.Resident;
    }

    private static async Task<Busy> KeepBusyAsync(
        ApiServer api, Flood flood, Stored stored, int perSecond, int seconds, CancellationToken cancellationToken)
    {
        Report.Progress($"{perSecond} messages a second for {seconds} s");
        var processor = api.Resources.Processor;
        var began = Stopwatch.GetTimestamp();
        var lag = await flood.TrickleAsync(stored, Math.Max(1, perSecond), seconds, Patience, cancellationToken);
        var share = (api.Resources.Processor - processor) / Stopwatch.GetElapsedTime(began);
        return new Busy(api.Resources.Resident, Math.Round(share, 3), lag);
    }

    private static async Task<long> CustomerAsync(SandboxProcess sandbox, CancellationToken cancellationToken) =>
        (await sandbox.PeopleAsync(cancellationToken)).First(person => !person.Operator).Id;

    private sealed record Busy(long Resident, double Processor, Percentiles Lag);
}
