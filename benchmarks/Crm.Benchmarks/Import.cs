using System.Diagnostics;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>Whole histories out of the sandbox through the API into SQLite, beside a bare loop that writes as many rows.</summary>
internal static class Import
{
    private const string Phone = "9996620001";

    /// <summary>As many messages as Telegram gives in one page.</summary>
    private const int PageMessages = 100;

    public static async Task<object> RunAsync(int dialogs, int messages, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("crm-benchmark-");
        try
        {
            await using var sandbox = await SandboxProcess.StartAsync(
                cancellationToken, $"DialogsPerOperator={dialogs}", $"MessagesPerDialog={messages}");
            await using var api = await ApiServer.StartAsync(directory.FullName, sandbox.ControlUrl, cancellationToken);
            var caller = await api.SignInAsync(Phone, cancellationToken);
            var known = await caller.CallAsync("telegram_load", new { }, cancellationToken);
            var ids = known.EnumerateArray().Where(dialog => dialog.GetProperty("type").GetString() == "user")
                .Select(dialog => dialog.GetProperty("id").GetInt64()).Take(dialogs).ToList();
            Console.Error.WriteLine($"importing {ids.Count} dialogs of {messages} messages");

            var (rows, seconds, processor, grown) = await MeasureAsync(api, caller, ids, cancellationToken);
            var bare = await Storage.BareInsertRateAsync((int)rows, PageMessages, cancellationToken);
            return new
            {
                dialogs = ids.Count,
                messages = rows,
                messages_per_second = (long)(rows / seconds),
                bare_rows_per_second = (long)bare,
                ratio_to_bare_writer = Math.Round(rows / seconds / bare, 3),
                processor_microseconds_per_message = Math.Round(processor.TotalMicroseconds / rows, 1),
                peak_resident_growth_mib = grown >> 20,
            };
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<(long Rows, double Seconds, TimeSpan Processor, long Grown)> MeasureAsync(
        ApiServer api, ApiServer.Caller caller, List<long> ids, CancellationToken cancellationToken)
    {
        var before = (Rows: Storage.CountMessages(api.DatabaseFile), api.Resources.Processor, api.Resources.Resident);
        api.Resources.ForgetPeak();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(ids.Select(id => caller.DrainAsync("load_tgdialog", new { UserId = id }, onFirstByte: null, cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var rows = Storage.CountMessages(api.DatabaseFile) - before.Rows;
        return (rows, seconds, api.Resources.Processor - before.Processor, api.Resources.PeakResident - before.Resident);
    }
}
