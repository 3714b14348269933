namespace Telegram.Sandbox.World;

/// <summary>
/// What one account holds: its private dialogs and groups, which share one sequence of ids and one pts. Dialogs nobody has touched
/// since the world began are computed, not kept.
/// </summary>
internal sealed class UserBox(long userId, CommonLayout? layout)
    : MessageBox(PeerId.User(userId), layout?.Count ?? 0, UserLogCapacity)
{
    private const int UserLogCapacity = 100_000;

    private readonly Dictionary<PeerId, DialogState> _touched = [];
    private readonly SortedSet<DialogKey> _order = new(DialogKey.ListOrder);
    private readonly List<PeerId> _pinned = [];
    private int _touchedComputed;

    public long UserId => userId;

    public CommonLayout? Layout => layout;

    /// <summary>Answers to random ids this account has already used, in whatever dialog.</summary>
    public Dictionary<long, MessageCopy> Sent { get; } = [];

    public IReadOnlyList<PeerId> Pinned => _pinned;

    public int DialogCount => (layout is { Rows: > 0 } ? layout.Slots : 0) - _touchedComputed + _order.Count;

    public override int DateOf(int id) => id <= Computed ? layout!.DateOf(id) : FindAdded(id)!.Date;

    /// <summary>The history with a peer, computed or kept; null when there has never been one.</summary>
    public DialogHistory? History(PeerId peer)
    {
        if (_touched.TryGetValue(peer, out var state))
        {
            return state.History;
        }

        var slot = layout?.SlotOf(peer) ?? -1;
        return slot < 0 ? null : new DialogHistory(layout!.Ids(slot));
    }

    public DialogView? Dialog(PeerId peer)
    {
        if (_touched.TryGetValue(peer, out var state))
        {
            return state.Listed is null ? null : ViewOf(state);
        }

        var slot = layout is { Rows: > 0 } ? layout.SlotOf(peer) : -1;
        return slot < 0 ? null : ComputedView(slot);
    }

    /// <summary>Which dialog a message of this box belongs to; false for what is deleted or never was.</summary>
    public bool TryLocate(int id, out PeerId peer)
    {
        peer = default;
        if (id <= 0 || id > LastId)
        {
            return false;
        }

        if (id > Computed)
        {
            peer = FindAdded(id)?.CopyOf(Owner)?.Dialog ?? default;
            return peer != default;
        }

        peer = layout!.PeerAt(layout.Locate(id).Slot);
        return !_touched.TryGetValue(peer, out var state) || state.History.Contains(id);
    }

    public int Add(StoredMessage message, PeerId peer)
    {
        Append(message);
        var state = Touch(peer);
        state.History.Add(LastId);
        if (message.From != Owner)
        {
            state.Unread++;
        }

        List(state);
        return LastId;
    }

    /// <summary>Removes a message; false when it was not there.</summary>
    public bool Remove(int id)
    {
        if (!TryLocate(id, out var peer))
        {
            return false;
        }

        var state = Touch(peer);
        state.History.Remove(id);
        Forget(id);
        state.Unread = CountUnread(state);
        List(state);
        return true;
    }

    /// <summary>Marks incoming messages up to an id as read; null when they already were.</summary>
    public DialogState? ReadInbox(PeerId peer, int maxId)
    {
        if (Dialog(peer) is not { } view || view.ReadInboxMaxId >= maxId)
        {
            return null;
        }

        var state = Touch(peer);
        state.ReadInboxMaxId = maxId;
        state.Unread = CountUnread(state);
        return state;
    }

    public bool ReadOutbox(PeerId peer, int maxId)
    {
        var state = Touch(peer);
        var moved = maxId > state.ReadOutboxMaxId;
        state.ReadOutboxMaxId = Math.Max(state.ReadOutboxMaxId, maxId);
        return moved;
    }

    public void Pin(PeerId peer, bool pinned)
    {
        _pinned.Remove(peer);
        if (pinned)
        {
            _pinned.Insert(0, peer);
        }
    }

    /// <summary>The dialogs in the order of their list, from behind a key.</summary>
    public IEnumerable<DialogView> DialogsAfter(DialogKey? after) => DialogView.Merge(ComputedAfter(after), TouchedAfter(after));

    private IEnumerable<DialogView> TouchedAfter(DialogKey? after)
    {
        var rest = after is { } key ? _order.GetViewBetween(key, new DialogKey(int.MinValue, int.MinValue, default)) : _order;
        return rest.Where(listed => listed != after).Select(listed => ViewOf(_touched[listed.Peer]));
    }

    private IEnumerable<DialogView> ComputedAfter(DialogKey? after)
    {
        for (var slot = layout is { Rows: > 0 } ? LastSlotAfter(after) : -1; slot >= 0; slot--)
        {
            var view = ComputedView(slot);
            if (!_touched.ContainsKey(view.Peer))
            {
                yield return view;
            }
        }
    }

    // Slots are in the order of their top messages' dates; the highest one comes first in the list.
    private int LastSlotAfter(DialogKey? after)
    {
        if (after is not { } key)
        {
            return layout!.Slots - 1;
        }

        var (low, high) = (-1, layout!.Slots - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = key.IsListedBefore(ComputedView(middle).Key) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private DialogView ComputedView(int slot)
    {
        var peer = layout!.PeerAt(slot);
        var ids = layout.Ids(slot);
        var top = ids[ids.Count - 1];
        var unread = layout.Unread(peer);
        var readUpTo = unread == ids.Count ? 0 : ids[ids.Count - 1 - unread];
        return new DialogView(peer, top, layout.DateOf(top), readUpTo, top, unread) { Pinned = _pinned.Contains(peer) };
    }

    private DialogView ViewOf(DialogState state) =>
        new(state.Peer, state.Listed!.Value.TopMessage, state.Listed.Value.Date, state.ReadInboxMaxId, state.ReadOutboxMaxId, state.Unread)
        {
            Pinned = _pinned.Contains(state.Peer),
        };

    private DialogState Touch(PeerId peer)
    {
        if (_touched.TryGetValue(peer, out var known))
        {
            return known;
        }

        var state = new DialogState(peer, History(peer) ?? new DialogHistory(IdProgression.Empty));
        if (Dialog(peer) is { } computed)
        {
            state.ReadInboxMaxId = computed.ReadInboxMaxId;
            state.ReadOutboxMaxId = computed.ReadOutboxMaxId;
            state.Unread = computed.Unread;
            state.Listed = computed.Key;
            _order.Add(computed.Key);
            _touchedComputed++;
        }

        _touched[peer] = state;
        return state;
    }

    private void List(DialogState state)
    {
        if (state.Listed is { } old)
        {
            _order.Remove(old);
        }

        var top = state.History.Last;
        state.Listed = top == 0 ? null : new DialogKey(DateOf(top), top, state.Peer);
        if (state.Listed is { } key)
        {
            _order.Add(key);
        }
    }

    private int CountUnread(DialogState state)
    {
        var unread = 0;
        for (var index = state.History.Count - 1; index >= 0 && state.History[index] > state.ReadInboxMaxId; index--)
        {
            // Of the computed part only incoming messages lie behind the read mark.
            unread += state.History[index] <= Computed || FindAdded(state.History[index])!.From != Owner ? 1 : 0;
        }

        return unread;
    }
}
