namespace Telegram.Sandbox.World;

/// <summary>Pages through the history of one dialog, as one account sees it.</summary>
internal static class HistoryReader
{
    /// <summary>How many messages one search looks at; the lock is held meanwhile.</summary>
    private const int MaxScan = 100_000;

    public static MessagePage Page(WorldState state, long viewer, PeerId peer, HistoryOffsets offsets)
    {
        if (History(state, viewer, peer) is not { } history)
        {
            return MessagePage.Empty;
        }

        return View(state, viewer, peer, history, offsets);
    }

    public static MessagePage Search(WorldState state, long viewer, PeerId peer, HistoryOffsets offsets, MessageFilter filter)
    {
        if (History(state, viewer, peer) is not { } history)
        {
            return MessagePage.Empty;
        }

        if (filter.IsEmpty)
        {
            return View(state, viewer, peer, history, offsets);
        }

        var found = new DialogHistory(IdProgression.Empty);
        for (var index = Math.Max(history.Count - MaxScan, 0); index < history.Count; index++)
        {
            if (state.Views.In(peer, history[index], viewer) is { } view && filter.Matches(view))
            {
                found.Add(view.Id);
            }
        }

        return View(state, viewer, peer, found, offsets) with { Inexact = history.Count > MaxScan };
    }

    public static DialogHistory? History(WorldState state, long viewer, PeerId peer) =>
        peer.Kind == PeerKind.Channel ? state.Boxes.OfChannel(peer).History : state.Boxes.Of(viewer).History(peer);

    private static MessagePage View(WorldState state, long viewer, PeerId peer, DialogHistory history, HistoryOffsets offsets)
    {
        var box = peer.Kind == PeerKind.Channel ? state.Boxes.OfChannel(peer) : (MessageBox)state.Boxes.Of(viewer);
        var page = HistoryPage.Select(history, offsets, box.DateOf);
        return new MessagePage([.. page.Ids.Select(id => state.Views.In(peer, id, viewer)!)], history.Count, page.Offset);
    }
}
