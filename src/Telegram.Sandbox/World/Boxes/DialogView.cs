namespace Telegram.Sandbox.World;

/// <summary>A dialog as it is listed.</summary>
internal sealed record DialogView(PeerId Peer, int TopMessage, int TopDate, int ReadInboxMaxId, int ReadOutboxMaxId, int Unread)
{
    public bool Pinned { get; init; }

    /// <summary>The channel's pts; 0 for private dialogs and groups.</summary>
    public int Pts { get; init; }

    public DialogKey Key => new(TopDate, TopMessage, Peer);

    /// <summary>One list of two, each of them in the order of its keys; lazily, so that a page costs no more than a page.</summary>
    public static IEnumerable<DialogView> Merge(IEnumerable<DialogView> one, IEnumerable<DialogView> other)
    {
        using var left = one.GetEnumerator();
        using var right = other.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            if (!hasRight || (hasLeft && left.Current.Key.IsListedBefore(right.Current.Key)))
            {
                yield return left.Current;
                hasLeft = left.MoveNext();
            }
            else
            {
                yield return right.Current;
                hasRight = right.MoveNext();
            }
        }
    }
}
