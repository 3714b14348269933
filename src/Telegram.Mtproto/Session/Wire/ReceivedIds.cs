namespace Telegram.Mtproto.Session.Wire;

/// <summary>What a received identifier is to us.</summary>
internal enum Receipt
{
    /// <summary>Not seen before.</summary>
    New,

    /// <summary>Seen before.</summary>
    Duplicate,

    /// <summary>Older than everything remembered: it cannot be told whether it was seen.</summary>
    Forgotten,
}

/// <summary>
/// The identifiers of the last messages received, in order; grows to a bound and then forgets the oldest
/// (<see href="https://core.telegram.org/mtproto/description#important-checks"/>).
/// </summary>
/// <param name="capacity">How many identifiers are remembered at most; at least 4.</param>
internal sealed class ReceivedIds(int capacity)
{
    private const int InitialSize = 8;
    private long[] _ids = [];
    private int _count;
    private long _floor = long.MinValue;

    /// <summary>The highest identifier remembered; <see cref="long.MinValue"/> before the first.</summary>
    public long Highest => _count == 0 ? _floor : _ids[_count - 1];

    /// <summary>What an identifier would be, without remembering it.</summary>
    public Receipt Check(long messageId)
    {
        if (messageId <= _floor)
        {
            return Receipt.Forgotten;
        }

        return Find(messageId) >= 0 ? Receipt.Duplicate : Receipt.New;
    }

    /// <summary>Remembers an identifier and says what it was before.</summary>
    public Receipt Add(long messageId)
    {
        if (messageId <= _floor)
        {
            return Receipt.Forgotten;
        }

        var index = Find(messageId);
        if (index >= 0)
        {
            return Receipt.Duplicate;
        }

        if (_count == capacity && index == ~0)
        {
            return Receipt.Forgotten;
        }

        Insert(~index, messageId);
        return Receipt.New;
    }

    /// <summary>Forgets everything, for a new session.</summary>
    public void Clear()
    {
        _ids = [];
        _count = 0;
        _floor = long.MinValue;
    }

    private int Find(long messageId) =>
        _count == 0 || messageId > _ids[_count - 1] ? ~_count : Array.BinarySearch(_ids, 0, _count, messageId);

    private void Insert(int index, long messageId)
    {
        if (_count == capacity)
        {
            // Up to a quarter at once, so that moving the rest is rare.
            var evicted = Math.Min(index, Math.Max(1, capacity / 4));
            _floor = _ids[evicted - 1];
            _count -= evicted;
            index -= evicted;
            Array.Copy(_ids, evicted, _ids, 0, _count);
        }
        else if (_count == _ids.Length)
        {
            Array.Resize(ref _ids, Math.Min(capacity, Math.Max(InitialSize, _count * 2)));
        }

        Array.Copy(_ids, index, _ids, index + 1, _count - index);
        _ids[index] = messageId;
        _count++;
    }
}
