namespace Telegram.Sandbox.World;

/// <summary>What a supergroup or channel holds: its own ids, its own pts, and how far each member has read.</summary>
internal sealed class ChannelBox(PeerId channel, WorldShape shape)
    : MessageBox(channel, shape.MessagesPerDialog, ChannelLogCapacity)
{
    private const int ChannelLogCapacity = 20_000;

    private readonly Dictionary<long, int> _readUpTo = [];

    public WorldShape Shape => shape;

    public DialogHistory History { get; } = new(new IdProgression(1, 1, shape.MessagesPerDialog));

    public override int DateOf(int id) => id <= Computed ? shape.DateOf(id - 1, Computed) : FindAdded(id)!.Date;

    public int Add(StoredMessage message)
    {
        Append(message);
        History.Add(LastId);
        return LastId;
    }

    public bool Remove(int id)
    {
        var removed = History.Contains(id) && History.Remove(id);
        if (removed)
        {
            Forget(id);
        }

        return removed;
    }

    public int ReadUpTo(long userId) => _readUpTo.GetValueOrDefault(userId, Computed);

    public int Unread(long userId) => History.Count - History.CountBelow(ReadUpTo(userId) + 1L);

    public bool Read(long userId, int maxId)
    {
        var moved = maxId > ReadUpTo(userId);
        if (moved)
        {
            _readUpTo[userId] = maxId;
        }

        return moved;
    }

    public DialogView? DialogFor(long userId)
    {
        var top = History.Last;
        return top == 0
            ? null
            : new DialogView(Owner, top, DateOf(top), ReadUpTo(userId), LastId, Unread(userId)) { Pts = Log.Pts };
    }
}
