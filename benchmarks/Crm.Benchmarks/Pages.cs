using System.Diagnostics;
using Benchmarks;

namespace Crm.Benchmarks;

/// <summary>Pages of 50 rows of one dialog, by <c>after_id</c> and <c>limit</c>, from anywhere in an account that grows.</summary>
internal static class Pages
{
    private const int Rows = 50;
    private const int WarmUp = 200;
    private const int Measured = 2_000;

    /// <summary>Of so many pages one is of a dialog in which hardly anybody writes.</summary>
    private const int QuietEvery = 10;

    public static async Task<object> RunAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        using var place = new Workplace();
        await using (var empty = await ApiServer.StartAsync(place.Api, sandbox: null, cancellationToken))
        {
            await empty.RegisterAsync("benchmark", cancellationToken);
        }

        var measured = new List<Size>();
        foreach (var rows in sizes.Order())
        {
            Report.Progress($"storing messages until there are {rows}");
            Filler.Fill(place.DatabaseFile, measured.Count == 0 ? 0 : measured[^1].Rows, rows);
            await using var api = await ApiServer.StartAsync(place.Api, sandbox: null, cancellationToken);
            var caller = await api.RegisterAsync("benchmark", cancellationToken);
            var (busy, quiet) = await MeasureAsync(caller, rows, cancellationToken);
            measured.Add(new Size(rows, busy.P50, busy.P99, quiet.P50, quiet.P99));
        }

        return new { sizes = measured, p99_growth = Math.Round(measured[^1].P99Ms / measured[0].P99Ms, 2) };
    }

    /// <summary>Of busy dialogs, and of quiet ones.</summary>
    public static async Task<(Percentiles Busy, Percentiles Quiet)> MeasureAsync(Caller caller, int rows, CancellationToken cancellationToken)
    {
        Report.Progress($"reading {Measured} pages of {Rows} rows");
        var random = new Random(7);
        var (busy, quiet) = (new List<double>(), new List<double>());
        for (var i = -WarmUp; i < Measured; i++)
        {
            var isQuiet = i % QuietEvery == 0;
            var dialog = isQuiet ? Filler.FirstQuietDialog + random.Next(Filler.QuietDialogs) : Filler.FirstDialog + random.Next(Filler.Dialogs);
            var body = new { IdAccount = caller.AccountId, UserId = dialog, AfterId = random.Next(rows), Limit = Rows };
            var began = Stopwatch.GetTimestamp();
            await caller.DrainAsync("get_messages/accountid_and_messenger", body, onFirstByte: null, cancellationToken);
            if (i >= 0)
            {
                (isQuiet ? quiet : busy).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return (Percentiles.Of(busy), Percentiles.Of(quiet));
    }

    private sealed record Size(int Rows, double P50Ms, double P99Ms, double QuietP50Ms, double QuietP99Ms);
}
