using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Benchmarks;

namespace Crm.Benchmarks;

/// <summary>
/// Many accounts answer customers: at an even pace, whose times tell how long a send takes, and all at once, which tells how many a second
/// go. The same by the client alone, without API and database, is what the sandbox itself takes.
/// </summary>
internal static class Sending
{
    private const int WarmUp = 200;

    public static async Task<object> RunAsync(int accounts, int each, int perSecond, string? keep, CancellationToken cancellationToken)
    {
        using var place = new Workplace(keep);
        await World.PrepareAsync(place, accounts, cancellationToken);
        await using var sandbox = await World.StartSandboxAsync(place, accounts, cancellationToken);
        var ours = await RunOursAsync(place, sandbox.ControlUrl, accounts, each, perSecond, cancellationToken);
        Report.Progress("the same with the client alone");
        var alone = await SendingClient.RunAsync(
            sandbox, accounts, (send, token) => MeasureAsync(send, accounts, each, perSecond, token), cancellationToken);
        return new
        {
            accounts,
            paced_per_second = perSecond,
            paced_p50_ms = ours.Paced.P50,
            paced_p99_ms = ours.Paced.P99,
            client_only_paced_p50_ms = alone.Paced.P50,
            client_only_paced_p99_ms = alone.Paced.P99,
            over_sandbox_p50_ms = Math.Round(ours.Paced.P50 - alone.Paced.P50, 2),
            over_sandbox_p99_ms = Math.Round(ours.Paced.P99 - alone.Paced.P99, 2),
            sends_at_once = accounts,
            sends = accounts * each,
            late = ours.Late,
            sends_per_second = ours.PerSecond,
            flood_p50_ms = ours.Flood.P50,
            flood_p99_ms = ours.Flood.P99,
            client_only_sends_per_second = alone.PerSecond,
            ratio_to_client_only = Import.Ratio(ours.PerSecond, alone.PerSecond),
        };
    }

    private static async Task<Measured> RunOursAsync(
        Workplace place, Uri sandbox, int accounts, int each, int perSecond, CancellationToken cancellationToken)
    {
        await using var api = await ApiServer.StartAsync(place.Api, sandbox, cancellationToken);
        await World.WaitUntilAllListenAsync(api, accounts, cancellationToken);
        await World.RestAsync(api, cancellationToken);
        var callers = await Crowd.RegisterAsync(api, accounts, cancellationToken);
        var dialogs = new long[accounts];
        await Fleet.ForEachAsync(accounts, 16, "with a dialog", async index =>
        {
            var known = await callers[index].CallPatientlyAsync("telegram_load", new { }, cancellationToken);
            dialogs[index] = known.EnumerateArray().First(dialog => dialog.GetProperty("type").GetString() == "user").GetProperty("id").GetInt64();
        }, cancellationToken);
        await World.RestAsync(api, cancellationToken);
        return await MeasureAsync(SendAsync, accounts, each, perSecond, cancellationToken);

        async Task<bool> SendAsync(int account, string text)
        {
            try
            {
                var sent = await callers[account].CallAsync("telegram_send", new { UserId = dialogs[account], Answer = text }, cancellationToken);
                return sent.GetProperty("status").GetString() == "sent";
            }
            catch (HttpRequestException error) when (error.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }
        }
    }

    private static async Task<Measured> MeasureAsync(
        Func<int, string, Task<bool>> send, int accounts, int each, int perSecond, CancellationToken cancellationToken)
    {
        var took = new ConcurrentBag<double>();
        var late = 0;
        await Pace.RunAsync(perSecond, WarmUp, index => TimedAsync(index), cancellationToken);
        took.Clear();
        late = 0;
        Report.Progress($"{perSecond} sends a second");
        await Pace.RunAsync(perSecond, 20 * perSecond, index => TimedAsync(index), cancellationToken);
        var paced = Percentiles.Of(took);

        took.Clear();
        Report.Progress($"{accounts * each} sends, {accounts} at once");
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, accounts).Select(async account =>
        {
            for (var i = 0; i < each; i++)
            {
                await TimedAsync(account);
            }
        }));
        return new Measured(paced, Percentiles.Of(took), (long)(took.Count / Stopwatch.GetElapsedTime(began).TotalSeconds), late);

        async Task TimedAsync(int index)
        {
            var now = Stopwatch.GetTimestamp();
            if (await send(index % accounts, $"our answer {now}"))
            {
                took.Add(Stopwatch.GetElapsedTime(now).TotalMilliseconds);
            }
            else
            {
                Interlocked.Increment(ref late);
            }
        }
    }

    /// <summary>What came of it; late are those that were queued, or refused for want of time.</summary>
    internal sealed record Measured(Percentiles Paced, Percentiles Flood, long PerSecond, int Late);
}
