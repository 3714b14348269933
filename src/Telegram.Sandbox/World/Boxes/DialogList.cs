using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>Where a page of the dialog list begins: behind the dialog whose top message had this date and id.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DialogOffsets(int Date, int Id, PeerId? Peer, int Limit, bool ExcludePinned)
{
    public bool IsStart => Date == 0 && Id == 0 && Peer is null;
}

/// <summary>A page of dialogs and how many there are in all.</summary>
internal sealed record DialogPage(List<DialogView> Dialogs, int Total);

/// <summary>The dialogs of an account, its channels among them.</summary>
internal static class DialogList
{
    public static DialogPage Page(WorldState state, long userId, DialogOffsets offsets)
    {
        var box = state.Boxes.Of(userId);
        var channels = Channels(state, userId);
        var total = box.DialogCount + channels.Count;
        var pinned = offsets.IsStart && !offsets.ExcludePinned ? Pinned(state, userId) : [];
        var after = offsets.IsStart ? (DialogKey?)null : Key(state, userId, offsets);
        var rest = DialogView.Merge(box.DialogsAfter(after), channels.Where(view => after is not { } key || key.IsListedBefore(view.Key)))
            .Where(view => !view.Pinned);

        // The last dialog of a page is where the next one begins, and a pinned one says nothing about the order of the rest.
        var room = Math.Max(offsets.Limit - pinned.Count, 1);
        return new DialogPage([.. pinned, .. rest.Take(room)], total);
    }

    public static List<DialogView> Pinned(WorldState state, long userId) =>
        [.. state.Boxes.Of(userId).Pinned.Select(peer => Find(state, userId, peer)).OfType<DialogView>()];

    /// <summary>One dialog; null when the account has none with that peer.</summary>
    public static DialogView? Find(WorldState state, long userId, PeerId peer)
    {
        var box = state.Boxes.Of(userId);
        return peer.Kind == PeerKind.Channel
            ? state.Boxes.OfChannel(peer).DialogFor(userId) is { } view ? view with { Pinned = box.Pinned.Contains(peer) } : null
            : box.Dialog(peer);
    }

    private static List<DialogView> Channels(WorldState state, long userId) =>
    [
        .. state.Communities.ChannelsOf(userId)
            .Select(channel => Find(state, userId, channel))
            .OfType<DialogView>()
            .OrderBy(view => view.Key, DialogKey.ListOrder),
    ];

    // A client may leave the date out; it then follows from the message or from the dialog it names.
    private static DialogKey Key(WorldState state, long userId, DialogOffsets offsets)
    {
        var date = offsets.Date;
        var id = offsets.Id;
        if (date == 0 && id == 0)
        {
            return Find(state, userId, offsets.Peer!.Value)?.Key ?? default;
        }

        if (date == 0)
        {
            date = state.Views.In(offsets.Peer ?? default, id, userId)?.Date ?? 0;
        }

        // Without a peer, everything with that very message counts as seen.
        return new DialogKey(date, id, offsets.Peer ?? new PeerId(PeerKind.Channel, long.MaxValue / 2));
    }
}
