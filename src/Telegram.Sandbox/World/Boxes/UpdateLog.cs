namespace Telegram.Sandbox.World;

/// <summary>What happened in a box, by pts; the oldest part is forgotten beyond a bound.</summary>
internal sealed class UpdateLog(int capacity)
{
    private readonly List<BoxEvent> _events = [];

    /// <summary>The pts after the last event. It starts with 1: clients take 0 for "unknown".</summary>
    public int Pts { get; private set; } = 1;

    /// <summary>From this pts on the log is complete.</summary>
    public int CompleteFrom { get; private set; } = 1;

    public int LastDate => _events.Count == 0 ? 0 : _events[^1].Date;

    public void Add(BoxEvent happened)
    {
        Pts = happened.Pts;
        _events.Add(happened);
        if (_events.Count >= capacity * 2)
        {
            CompleteFrom = _events[capacity - 1].Pts;
            _events.RemoveRange(0, capacity);
        }
    }

    /// <summary>The events after <paramref name="pts"/>, at most <paramref name="limit"/>; null when some of them are forgotten.</summary>
    public List<BoxEvent>? After(int pts, int limit)
    {
        if (pts < CompleteFrom)
        {
            return null;
        }

        var (low, high) = (0, _events.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _events[middle].Pts <= pts ? (middle + 1, high) : (low, middle);
        }

        return _events.GetRange(low, Math.Min(limit, _events.Count - low));
    }
}
