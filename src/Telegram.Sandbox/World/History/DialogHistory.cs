namespace Telegram.Sandbox.World;

/// <summary>
/// The message ids of one dialog in growing order: a computed part, of which only the deleted rows are kept,
/// and the messages added since. Finding a position costs a few comparisons, however long the history.
/// </summary>
internal sealed class DialogHistory(IdProgression computed)
{
    private readonly List<int> _deletedRows = [];
    private readonly List<int> _added = [];

    public int Count => ComputedCount + _added.Count;

    private int ComputedCount => computed.Count - _deletedRows.Count;

    /// <summary>The id at a position, 0 being the oldest.</summary>
    public int this[int index] => index < ComputedCount ? computed[LiveRow(index)] : _added[index - ComputedCount];

    public int Last => Count == 0 ? 0 : this[Count - 1];

    public bool Contains(int id) => computed.TryRow(id, out var row)
        ? _deletedRows.BinarySearch(row) < 0
        : _added.BinarySearch(id) >= 0;

    public int CountBelow(long id)
    {
        var rows = computed.CountBelow(id);
        return rows - Below(_deletedRows, rows) + Below(_added, id);
    }

    /// <summary>How many messages are older than a date; dates grow with ids.</summary>
    public int CountBefore(int date, Func<int, int> dateOf)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (dateOf(this[middle]) < date)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Adds a new message, whose id is greater than all before it.</summary>
    public void Add(int id) => _added.Add(id);

    public bool Remove(int id)
    {
        if (computed.TryRow(id, out var row))
        {
            var index = _deletedRows.BinarySearch(row);
            if (index < 0)
            {
                _deletedRows.Insert(~index, row);
            }

            return index < 0;
        }

        var position = _added.BinarySearch(id);
        if (position >= 0)
        {
            _added.RemoveAt(position);
        }

        return position >= 0;
    }

    // The row that has exactly `index` live rows before it.
    private int LiveRow(int index)
    {
        var (low, high) = (index, Math.Min(index + _deletedRows.Count, computed.Count - 1));
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (middle + 1 - Below(_deletedRows, middle + 1) > index)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static int Below(List<int> sorted, long value)
    {
        if (sorted.Count == 0 || value > sorted[^1])
        {
            return sorted.Count;
        }

        var index = sorted.BinarySearch((int)Math.Max(value, int.MinValue));
        return index < 0 ? ~index : index;
    }
}
