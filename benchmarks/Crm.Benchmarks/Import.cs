using System.Diagnostics;
using Benchmarks;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>
/// Whole histories out of the sandbox through the API into SQLite. In the same run, on the same histories: our client without a
/// database, a bare loop that writes as many rows, and the peer.
/// </summary>
internal static class Import
{
    private const string Phone = "9996620001";

    /// <summary>As many messages as Telegram gives in one page.</summary>
    private const int PageMessages = 100;

    /// <summary>Where each insert waits for the disk, no more is needed to know how fast that is.</summary>
    private const int UntunedMessages = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<object> RunAsync(int dialogs, int messages, bool peer, CancellationToken cancellationToken)
    {
        using var place = new Workplace();

        // Some of them are with bots and groups, which aren't measured.
        await using var sandbox = await SandboxProcess.StartInAsync(
            place.Sandbox, cancellationToken, $"DialogsPerOperator={dialogs + (dialogs / 5)}", $"MessagesPerDialog={messages}");
        var ours = await RunOursAsync(sandbox, place, dialogs, messages, cancellationToken);
        var client = await ImportClient.RateAsync(sandbox, Phone, ours.Dialogs, cancellationToken);
        var bare = await Storage.BareInsertRateAsync((int)ours.Rows, PageMessages, cancellationToken);
        var plain = peer ? await RunPeerAsync(sandbox, place, ours, "plain", [], cancellationToken) : null;
        var paged = peer ? await RunPeerAsync(sandbox, place, ours, "paged", ["--pages"], cancellationToken) : null;
        var untuned = peer ? await RunPeerAsync(sandbox, place, ours, "untuned", ["--untuned", "--most", $"{UntunedMessages}"], cancellationToken) : null;
        var rate = ours.Rows / ours.Seconds;
        return new
        {
            dialogs = ours.Dialogs.Count,
            messages = ours.Rows,
            messages_per_second = (long)rate,
            client_only_messages_per_second = (long)client,
            bare_rows_per_second = (long)bare,
            peer_messages_per_second = (long?)plain?.Rate,
            peer_messages_per_second_transaction_a_page = (long?)paged?.Rate,
            peer_messages_per_second_untuned = (long?)untuned?.Rate,
            ratio_to_client_only = Math.Round(rate / client, 3),
            ratio_to_bare_writer = Math.Round(rate / bare, 3),
            ratio_to_peer = Ratio(rate, plain?.Rate),
            ratio_to_peer_transaction_a_page = Ratio(rate, paged?.Rate),
            ratio_to_peer_untuned = Ratio(rate, untuned?.Rate),
            processor_microseconds_per_message = Math.Round(ours.Processor.TotalMicroseconds / ours.Rows, 1),
            peer_processor_microseconds_per_message = plain?.Processor,
            peer_processor_microseconds_per_message_transaction_a_page = paged?.Processor,
            allocated_bytes_per_message = ours.Allocated / ours.Rows,
            peak_resident_growth_mib = ours.Grown >> 20,
        };
    }

    /// <summary>Null where there is nothing to compare with.</summary>
    internal static double? Ratio(double ours, double? theirs) => theirs > 0 ? Math.Round(ours / theirs.Value, 2) : null;

    private static async Task<Ours> RunOursAsync(
        SandboxProcess sandbox, Workplace place, int dialogs, int messages, CancellationToken cancellationToken)
    {
        await using var api = await ApiServer.StartAsync(place.Api, sandbox.ControlUrl, cancellationToken);
        var caller = await api.SignInAsync("benchmark", Phone, cancellationToken);
        var known = await caller.CallAsync("telegram_load", new { }, cancellationToken);
        var ids = known.EnumerateArray().Where(dialog => dialog.GetProperty("type").GetString() == "user")
            .Select(dialog => dialog.GetProperty("id").GetInt64()).Take(dialogs).ToList();
        Report.Progress($"importing {ids.Count} dialogs of {messages} messages");

        var stored = Stored.InSqlite(place.DatabaseFile);
        var before = (Id: stored.LastId(), api.Resources.Processor, api.Resources.Resident, Allocated: await api.AllocatedBytesAsync(cancellationToken));
        api.Resources.ForgetPeak();
        var began = Stopwatch.GetTimestamp();
        foreach (var id in ids)
        {
            await caller.CallAsync("imports", new { IdUser = id }, cancellationToken);
        }

        if (!await stored.WaitForAsync(before.Id, (long)ids.Count * messages, Patience, cancellationToken))
        {
            throw new InvalidOperationException("Not all messages were stored.");
        }

        return new Ours(
            ids,
            Seconds: Stopwatch.GetElapsedTime(began).TotalSeconds,
            Rows: stored.Count(before.Id),
            Processor: api.Resources.Processor - before.Processor,
            Grown: api.Resources.PeakResident - before.Resident,
            Allocated: await api.AllocatedBytesAsync(cancellationToken) - before.Allocated);
    }

    /// <summary>With an insert each, with a transaction a page, or with SQLite's own settings.</summary>
    private static async Task<Theirs> RunPeerAsync(
        SandboxProcess sandbox, Workplace place, Ours ours, string name, string[] variant, CancellationToken cancellationToken)
    {
        var database = Path.Combine(place.Directory.FullName, $"peer-{name}.db");
        string[] arguments = ["import", "--phones", Phone, "--dialogs", string.Join(',', ours.Dialogs), .. variant];
        await using var peer = await Peer.StartAsync(database, sandbox.ControlUrl, arguments, cancellationToken);
        var processor = peer.Resources.Processor;
        await peer.TellAsync(cancellationToken);
        var figures = await peer.FiguresAsync(cancellationToken);
        var used = (peer.Resources.Processor - processor).TotalMicroseconds;
        var rows = Stored.InSqlite(database).Count();
        return rows == ours.Rows || variant is ["--untuned", ..]
            ? new Theirs(rows / figures.GetProperty("seconds").GetDouble(), Math.Round(used / rows, 1))
            : throw new InvalidOperationException($"The peer stored {rows} messages, we {ours.Rows}.");
    }

    private sealed record Ours(List<long> Dialogs, double Seconds, long Rows, TimeSpan Processor, long Grown, long Allocated);

    private sealed record Theirs(double Rate, double Processor);
}
