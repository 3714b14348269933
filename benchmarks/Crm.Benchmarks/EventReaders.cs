using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>
/// Many open streams of <c>GET /api/events</c>: all of one account, then of several. How much later than it was stored an event is with
/// each reader, and what a reader costs. The readers are in this process, on the same processors.
/// </summary>
internal static class EventReaders
{
    private const string Id = "id: ";
    private const string Received = "event: message.received";

    /// <summary>How many events reach some reader each second.</summary>
    private const int DeliveriesPerSecond = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<object> RunAsync(int readers, int accounts, int seconds, CancellationToken cancellationToken)
    {
        using var place = new Workplace();
        await using var sandbox = await SandboxProcess.StartInAsync(place.Sandbox, cancellationToken, $"Operators={accounts}", "MessagesPerDialog=1");
        await using var api = await ApiServer.StartAsync(place.Api, sandbox.ControlUrl, cancellationToken, "Events:MaxStreamsPerAccount=1000");
        var flood = await Flood.PrepareAsync(sandbox, accounts, 0, cancellationToken);
        var callers = await Crowd.ListenAsync(api, flood.Phones, cancellationToken);
        await flood.WarmUpAsync(Stored.InSqlite(place.DatabaseFile), Patience, cancellationToken);
        var ofOne = await MeasureAsync(place, api, flood, callers[..1], readers, seconds, cancellationToken);
        var ofMany = await MeasureAsync(place, api, flood, callers, readers, seconds, cancellationToken);
        return new { readers, deliveries_per_second = DeliveriesPerSecond, of_one_account = ofOne, of_many_accounts = ofMany };
    }

    private static async Task<object> MeasureAsync(
        Workplace place, ApiServer api, Flood flood, Caller[] callers, int readers, int seconds, CancellationToken cancellationToken)
    {
        await World.RestAsync(api, cancellationToken);
        var resident = api.Resources.Resident;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrivals = new ConcurrentBag<(long Event, long AtMs)>();
        var streams = new Stream[readers];
        await Fleet.ForEachAsync(
            readers, 32, "reading", async index => streams[index] = await callers[index % callers.Length].OpenEventsAsync(cancellationToken), cancellationToken);
        var reading = streams.Select(stream => ReadAsync(stream, arrivals, end.Token)).ToList();
        await World.RestAsync(api, cancellationToken);
        var open = api.Resources.Resident;

        var ofEach = readers / callers.Length;
        var perSecond = Math.Max(1, DeliveriesPerSecond / ofEach);
        Report.Progress($"{readers} readers of {callers.Length} accounts; {perSecond} messages a second");
        var stored = Stored.InSqlite(place.DatabaseFile);
        var before = stored.LastId();
        api.Resources.ForgetPeak();
        var (processor, began) = (api.Resources.Processor, Stopwatch.GetTimestamp());
        var some = flood.Phones.Take(callers.Length).ToList();
        await Pace.RunAsync(perSecond, perSecond * seconds, index => flood.WriteAsync(some[index % some.Count], 1, cancellationToken), cancellationToken);
        var expected = (long)perSecond * seconds * ofEach;
        var isWhole = await WaitForAsync(() => arrivals.Count >= expected, cancellationToken);
        var share = (api.Resources.Processor - processor) / Stopwatch.GetElapsedTime(began);
        await end.CancelAsync();
        await Task.WhenAll(reading);
        var lag = Lag(arrivals, stored.EventTimes(before));
        return new
        {
            accounts = callers.Length,
            messages_per_second = perSecond,
            deliveries = arrivals.Count,
            missing = isWhole ? 0 : expected - arrivals.Count,
            fan_out_p50_ms = lag.P50,
            fan_out_p99_ms = lag.P99,
            processor_share = Math.Round(share, 3),
            resident_bytes_per_reader = (open - resident) / readers,
            peak_resident_growth_mib = (api.Resources.PeakResident - open) >> 20,
        };
    }

    private static Percentiles Lag(IEnumerable<(long Event, long AtMs)> arrivals, Dictionary<long, long> storedMs) =>
        Percentiles.Of(arrivals.Select(arrival => (double)(arrival.AtMs - storedMs[arrival.Event])));

    private static async Task ReadAsync(Stream stream, ConcurrentBag<(long Event, long AtMs)> arrivals, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream);
        var id = 0L;
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith(Id, StringComparison.Ordinal))
                {
                    id = long.Parse(line.AsSpan(Id.Length), CultureInfo.InvariantCulture);
                }
                else if (line.Equals(Received, StringComparison.Ordinal))
                {
                    arrivals.Add((id, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private static async Task<bool> WaitForAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        return condition();
    }
}
