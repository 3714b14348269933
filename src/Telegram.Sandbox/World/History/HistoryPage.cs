using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>The paging arguments of messages.getHistory and its relatives (https://core.telegram.org/api/offsets).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoryOffsets(int OffsetId, int OffsetDate, int AddOffset, int Limit, int MaxId, int MinId);

/// <summary>One page of a history, newest first. <see cref="Offset"/> is how many newer messages there are before it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HistoryPage(List<int> Ids, int Offset)
{
    public static HistoryPage Select(DialogHistory history, HistoryOffsets offsets, Func<int, int> dateOf)
    {
        long start = 0;
        if (offsets.OffsetId > 0)
        {
            start = history.Count - history.CountBelow(offsets.OffsetId);
        }
        else if (offsets.OffsetDate > 0)
        {
            // Clients page with the id and the date of the last message they got, and many messages share a date: the id decides.
            start = history.Count - history.CountBefore(offsets.OffsetDate, dateOf);
        }

        var first = Math.Max(start + offsets.AddOffset, 0);
        var end = Math.Min(start + offsets.AddOffset + offsets.Limit, history.Count);
        var ids = new List<int>((int)Math.Max(end - first, 0));
        for (var position = first; position < end; position++)
        {
            // The bounds narrow the slice that was taken; they do not move it.
            var id = history[(int)(history.Count - 1 - position)];
            if ((offsets.MaxId <= 0 || id < offsets.MaxId) && (offsets.MinId <= 0 || id > offsets.MinId))
            {
                ids.Add(id);
            }
        }

        return new HistoryPage(ids, (int)Math.Min(first, history.Count));
    }
}
