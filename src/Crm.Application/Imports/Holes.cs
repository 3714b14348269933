using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;

namespace Crm.Application.Imports;

/// <summary>What is missing of a dialog, told from the ranges that are stored (newest first, none touching another).</summary>
public static class Holes
{
    private const int FirstMessageId = 1;

    /// <summary>The newest page of what is missing below the newest stored message; null when nothing is.</summary>
    public static HistorySlice? FindNewest(IReadOnlyList<CoveredRange> ranges)
    {
        if (ranges.Count == 0)
        {
            return new HistorySlice();
        }

        return ranges[0].FromId > FirstMessageId
            ? new HistorySlice(ranges[0].FromId, ranges.Count > 1 ? ranges[1].ToId : 0)
            : null;
    }

    /// <summary>What will be the newest of what is missing once a page is stored; null when that can't be told, or nothing will be.</summary>
    internal static HistorySlice? FindNext(IReadOnlyList<CoveredRange> ranges, FetchedPage fetched) =>
        CoveredBy(fetched.DialogId, fetched.Slice, fetched.Page) is { } covered ? FindNewest(Join(ranges, covered)) : null;

    /// <summary>What is newer than the newest stored message.</summary>
    public static HistorySlice Top(IReadOnlyList<CoveredRange> ranges) => new(AboveId: ranges.Count > 0 ? ranges[0].ToId : 0);

    /// <summary>Which ids are known once a page is stored; null when it says nothing.</summary>
    public static CoveredRange? CoveredBy(long dialogId, HistorySlice slice, HistoryPage page)
    {
        var highest = slice.BelowId > 0 ? slice.BelowId - 1 : page.HighestId ?? 0;
        var lowest = page.ReachedStart || page.LowestId is not { } id ? slice.AboveId + 1 : Math.Max(id, slice.AboveId + 1);
        return highest >= lowest ? new CoveredRange(dialogId, lowest, highest) : null;
    }

    private static List<CoveredRange> Join(IReadOnlyList<CoveredRange> ranges, CoveredRange added)
    {
        var touching = ranges.Where(range => range.FromId <= added.ToId + 1L && range.ToId >= added.FromId - 1).ToList();
        var joined = new CoveredRange(
            added.DialogId,
            Math.Min(added.FromId, touching.Select(range => range.FromId).DefaultIfEmpty(added.FromId).Min()),
            Math.Max(added.ToId, touching.Select(range => range.ToId).DefaultIfEmpty(added.ToId).Max()));
        return [.. ranges.Except(touching).Append(joined).OrderByDescending(range => range.FromId)];
    }

    /// <summary>Whether a page brings one further; asking on after one that doesn't would never end.</summary>
    public static bool IsProgress(HistorySlice slice, HistoryPage page) => slice.BelowId == 0 || page.LowestId is null || page.LowestId < slice.BelowId;
}
