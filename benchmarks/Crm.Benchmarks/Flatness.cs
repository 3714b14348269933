using System.Diagnostics;
using Benchmarks;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;

namespace Crm.Benchmarks;

/// <summary>What a message costs the store where few are stored, and where many are. Rounds take turns; the medians are told.</summary>
internal static class Flatness
{
    /// <summary>A page of history.</summary>
    private const int Page = 100;

    /// <summary>What comes at once while people write.</summary>
    private const int News = 10;

    private const int FirstImported = 10_000;

    public static async Task<object> RunAsync(int few, int many, int messages, int rounds, CancellationToken cancellationToken)
    {
        // A dialog has no two messages with one id, and those that are imported lie between those that are there.
        messages = Math.Min(messages, few);
        Report.Progress($"storing {many} messages");
        await using var large = await StoreDatabase.CreateAsync(cancellationToken);
        Filler.Fill(large.File, 0, many);
        var results = new List<(Rates Few, Rates Many)>();

        // In the first round everything is compiled.
        for (var round = 0; round <= rounds; round++)
        {
            await using var small = await StoreDatabase.CreateAsync(cancellationToken);
            Filler.Fill(small.File, 0, few);
            results.Add((
                await MeasureAsync(small, few, round, messages, cancellationToken),
                await MeasureAsync(large, many, round, messages, cancellationToken)));
            Report.Progress($"round {round}: {results[^1].Few} beside {results[^1].Many}");
        }

        results.RemoveAt(0);

        return new
        {
            few,
            many,
            messages,
            rounds,
            import_messages_per_second_few = Median.Of(results, one => one.Few.Import),
            import_messages_per_second_many = Median.Of(results, one => one.Many.Import),
            import_cost_ratio = Math.Round(Median.Of(results, one => one.Few.Import / one.Many.Import), 2),
            ingest_messages_per_second_few = Median.Of(results, one => one.Few.Ingest),
            ingest_messages_per_second_many = Median.Of(results, one => one.Many.Ingest),
            ingest_cost_ratio = Math.Round(Median.Of(results, one => one.Few.Ingest / one.Many.Ingest), 2),
        };
    }

    private static async Task<Rates> MeasureAsync(StoreDatabase database, int stored, int round, int messages, CancellationToken cancellationToken)
    {
        var import = History(stored, round, messages).Chunk(Page).Select(page => new IngestBatch(database.ConnectionId) { Messages = page, IsHistory = true });
        var ingest = Written(stored, round, messages).Chunk(News).Select(news => new IngestBatch(database.ConnectionId) { Messages = news });
        return new Rates(
            Math.Round(messages / await SecondsAsync(database, [.. import], cancellationToken)),
            Math.Round(messages / await SecondsAsync(database, [.. ingest], cancellationToken)));
    }

    private static async Task<double> SecondsAsync(StoreDatabase database, List<IngestBatch> batches, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            await database.Messages.IngestAsync(batch, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A dialog as old as all that is stored, newest first: its messages belong between those that are there.</summary>
    private static IEnumerable<TelegramMessage> History(int stored, int round, int messages) => Enumerable.Range(0, messages).Select(
        number => Message(FirstImported + round, (int)(stored - ((long)number * stored / messages)), number));

    /// <summary>What people write now, in dialogs that are there.</summary>
    private static IEnumerable<TelegramMessage> Written(int stored, int round, int messages) => Enumerable.Range(1, messages).Select(
        number => Message(Filler.FirstDialog + (number % Filler.Dialogs), stored + (round * messages) + number, number));

    private static TelegramMessage Message(long dialog, int id, int number) => new(
        dialog, id, number % 2 == 0, $"Message {number}: as long as people write to one another", Filler.FirstDate + id);

    private sealed record Rates(double Import, double Ingest);
}
