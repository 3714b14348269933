namespace Telegram.Sandbox.World;

/// <summary>
/// Where the computed messages of an operator's private dialogs and groups are. Dialogs take turns: row after row, one message
/// from each slot, so that ids are unique in the box and grow with the date.
/// </summary>
internal sealed class CommonLayout(WorldShape shape, long userId)
{
    private readonly int _firstGroupSlot = shape.DialogsPerOperator / 2;

    // Operators know the same customers in another order, so that one account's data can't pass for another's.
    private readonly long _rotation = (userId - Population.FirstAccountId) * 37;

    public int Slots => shape.DialogSlots;

    public int Rows => shape.MessagesPerDialog;

    public int Count => shape.CommonMessages;

    public PeerId PeerAt(int slot)
    {
        var group = slot - _firstGroupSlot;
        if (group is >= 0 and < WorldShape.GroupsPerOperator)
        {
            return Communities.Group(userId, group);
        }

        var index = group < 0 ? slot : slot - WorldShape.GroupsPerOperator;
        return PeerId.User(Customers.IdOf((int)(1 + ((index + _rotation) % shape.DialogsPerOperator))));
    }

    /// <summary>The slot of a dialog, or −1 when there is no computed history with that peer.</summary>
    public int SlotOf(PeerId peer)
    {
        if (peer.Kind == PeerKind.Chat)
        {
            var group = Enumerable.Range(0, WorldShape.GroupsPerOperator).FirstOrDefault(index => Communities.Group(userId, index) == peer, -1);
            return group < 0 ? -1 : _firstGroupSlot + group;
        }

        if (peer.Kind != PeerKind.User || !Customers.TryNumber(peer.Id, out var number) || number > shape.DialogsPerOperator)
        {
            return -1;
        }

        long dialogs = shape.DialogsPerOperator;
        var slot = (int)((((number - 1 - _rotation) % dialogs) + dialogs) % dialogs);
        return slot < _firstGroupSlot ? slot : slot + WorldShape.GroupsPerOperator;
    }

    public IdProgression Ids(int slot) => slot < 0 ? IdProgression.Empty : new(1 + slot, Slots, Rows);

    public bool Contains(int id) => id > 0 && id <= Count;

    public (int Slot, int Row) Locate(int id) => ((id - 1) % Slots, (id - 1) / Slots);

    public int DateOf(int id) => shape.DateOf(id - 1, Count);

    /// <summary>How many of a dialog's last computed messages are unread.</summary>
    public int Unread(PeerId peer) =>
        peer.Kind == PeerKind.User && Mix.OneIn(4, userId, peer.Id, 11) ? Math.Min(1 + Mix.Pick(3, userId, peer.Id, 12), Rows) : 0;
}
