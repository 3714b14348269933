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

    /// <summary>What is newer than the newest stored message.</summary>
    public static HistorySlice Top(IReadOnlyList<CoveredRange> ranges) => new(AboveId: ranges.Count > 0 ? ranges[0].ToId : 0);

    /// <summary>Which ids are known once a page is stored; null when it says nothing.</summary>
    public static CoveredRange? CoveredBy(long dialogId, HistorySlice slice, HistoryPage page)
    {
        var highest = slice.BelowId > 0 ? slice.BelowId - 1 : page.HighestId ?? 0;
        var lowest = page.ReachedStart || page.LowestId is not { } id ? slice.AboveId + 1 : Math.Max(id, slice.AboveId + 1);
        return highest >= lowest ? new CoveredRange(dialogId, lowest, highest) : null;
    }

    /// <summary>Whether a page brings one further; asking on after one that doesn't would never end.</summary>
    public static bool IsProgress(HistorySlice slice, HistoryPage page) => slice.BelowId == 0 || page.LowestId is null || page.LowestId < slice.BelowId;
}
