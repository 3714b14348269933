using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>
/// New messages, pushed by the sandbox as fast as they are taken, into the database behind the API; then a steady trickle of them; then
/// the flood again into the peer.
/// </summary>
internal static class Ingestion
{
    private const int SteadyPerSecond = 200;
    private const int SteadySeconds = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<object> RunAsync(int accounts, int messages, bool peer, string? sqlServer, CancellationToken cancellationToken)
    {
        using var place = new Workplace();
        await using var sandbox = await SandboxProcess.StartInAsync(place.Sandbox, cancellationToken, $"Operators={accounts}", "MessagesPerDialog=1");
        var flood = await Flood.PrepareAsync(sandbox, accounts, messages, cancellationToken);
        var stored = sqlServer is null ? Stored.InSqlite(place.DatabaseFile) : Stored.InSqlServer(sqlServer);
        var ours = await RunOursAsync(sandbox, place, flood, stored, sqlServer, cancellationToken);
        var theirs = peer ? await RunPeerAsync(sandbox, place, flood, cancellationToken) : null;
        return new
        {
            storage = sqlServer is null ? "sqlite" : "sqlserver",
            accounts,
            messages = ours.Flood.Rows,
            missing = flood.Expected - ours.Flood.Distinct,
            doubled = ours.Flood.Rows - ours.Flood.Distinct,
            messages_per_second = ours.Flood.PerSecond,
            written_per_second = ours.Flood.WrittenPerSecond,
            peer_messages_per_second = theirs?.PerSecond,
            ratio_to_peer = theirs is null ? null : Import.Ratio(ours.Flood.PerSecond, theirs.PerSecond),
            peer_missing = flood.Expected - theirs?.Distinct,
            flood_lag_p50_ms = ours.Flood.Lag.P50,
            flood_lag_p99_ms = ours.Flood.Lag.P99,
            peer_flood_lag_p99_ms = theirs?.Lag.P99,
            steady_per_second = SteadyPerSecond,
            steady_lag_p50_ms = ours.Steady.P50,
            steady_lag_p99_ms = ours.Steady.P99,
            processor_microseconds_per_message = ours.ProcessorMicroseconds,
            peer_processor_microseconds_per_message = theirs?.ProcessorMicroseconds,
            allocated_bytes_per_message = ours.Allocated,
            resident_mib = ours.Resident >> 20,
            peak_resident_growth_mib = ours.Grown >> 20,
        };
    }

    private static async Task<Ours> RunOursAsync(
        SandboxProcess sandbox, Workplace place, Flood flood, Stored stored, string? sqlServer, CancellationToken cancellationToken)
    {
        string[] settings = sqlServer is null ? [] : ["Storage:Provider=sqlserver", $"Storage:ConnectionString={sqlServer}"];
        await using var api = await ApiServer.StartAsync(place.Api, sandbox.ControlUrl, cancellationToken, settings);
        await Crowd.ListenAsync(api, flood.Phones, cancellationToken);
        await flood.WarmUpAsync(stored, Patience, cancellationToken);
        var before = (api.Resources.Processor, api.Resources.Resident, Allocated: await api.AllocatedBytesAsync(cancellationToken));
        api.Resources.ForgetPeak();
        Report.Progress($"{flood.Phones.Count} accounts listen; {flood.Expected} messages are written");
        var outcome = await flood.RunAsync(stored, stored.Texts, Patience, cancellationToken);
        var rows = Math.Max(1, outcome.Rows);
        var processor = (api.Resources.Processor - before.Processor).TotalMicroseconds / rows;
        var allocated = (await api.AllocatedBytesAsync(cancellationToken) - before.Allocated) / rows;
        var grown = api.Resources.PeakResident - before.Resident;
        var steady = await flood.TrickleAsync(stored, SteadyPerSecond, SteadySeconds, Patience, cancellationToken);
        return new Ours(outcome, steady, Math.Round(processor, 1), allocated, api.Resources.Resident, grown);
    }

    private static async Task<Theirs?> RunPeerAsync(SandboxProcess sandbox, Workplace place, Flood flood, CancellationToken cancellationToken)
    {
        var file = Path.Combine(place.Directory.FullName, "peer.db");
        await using var peer = await Peer.StartAsync(
            file, sandbox.ControlUrl, ["ingest", "--phones", string.Join(',', flood.Phones)], cancellationToken);
        var stored = Stored.InSqlite(file);
        await flood.WarmUpAsync(stored, Patience, cancellationToken);
        var processor = peer.Resources.Processor;
        var outcome = await flood.RunAsync(stored, stored.PeerTexts, Patience, cancellationToken);
        var each = (peer.Resources.Processor - processor).TotalMicroseconds / Math.Max(1, outcome.Rows);
        return new Theirs(outcome.PerSecond, outcome.Distinct, outcome.Lag, Math.Round(each, 1));
    }

    private sealed record Ours(
        Flood.Outcome Flood, Percentiles Steady, double ProcessorMicroseconds, long Allocated, long Resident, long Grown);

    private sealed record Theirs(long PerSecond, long Distinct, Percentiles Lag, double ProcessorMicroseconds);
}
