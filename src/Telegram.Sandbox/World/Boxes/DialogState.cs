using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>One dialog of an account in which something has changed since the world began.</summary>
internal sealed class DialogState(PeerId peer, DialogHistory history)
{
    public PeerId Peer => peer;

    public DialogHistory History => history;

    public int ReadInboxMaxId { get; set; }

    public int ReadOutboxMaxId { get; set; }

    public int Unread { get; set; }

    /// <summary>The key it is listed under, while it is listed.</summary>
    public DialogKey? Listed { get; set; }
}

/// <summary>The order of a dialog list: newest top message first.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DialogKey(int Date, int TopMessage, PeerId Peer)
{
    public static IComparer<DialogKey> ListOrder { get; } = Comparer<DialogKey>.Create(Compare);

    public bool IsListedBefore(DialogKey other) => Compare(this, other) < 0;

    private static int Compare(DialogKey one, DialogKey other)
    {
        var byDate = other.Date.CompareTo(one.Date);
        var byMessage = byDate != 0 ? byDate : other.TopMessage.CompareTo(one.TopMessage);
        return byMessage != 0 ? byMessage : other.Peer.Marked.CompareTo(one.Peer.Marked);
    }
}
