namespace Telegram.Client;

/// <summary>What became of updates offered to a sequence.</summary>
internal enum SequenceVerdict
{
    /// <summary>They are the next ones: the counter moved, they are to be applied.</summary>
    Applied,

    /// <summary>They were applied before.</summary>
    Duplicate,

    /// <summary>Something is missing before them (or the sequence is being recovered): they wait.</summary>
    Held,

    /// <summary>Too many wait: they were thrown away, and only a difference helps.</summary>
    Overflow,
}

/// <summary>
/// One counter (pts, qts, seq, or a channel's pts) and what waits for a gap in it to be filled.
/// See <see href="https://core.telegram.org/api/updates#update-handling"/>.
/// </summary>
internal sealed class UpdateSequence(int value)
{
    /// <summary>How long a gap may fill itself before a difference is asked for.</summary>
    public static readonly TimeSpan GapPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>A gap that keeps more than this waiting is not going to fill itself.</summary>
    public const int MaxWaiting = 256;

    // Most sequences never see a gap: an idle one holds no list.
    private List<SequencedUpdates>? _waiting;

    public int Value { get; private set; } = value;

    /// <summary>When the patience with the present gap ends; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? GapDeadline { get; private set; }

    public bool HasWaiting => _waiting is { Count: > 0 };

    /// <summary>Takes the next updates, keeps later ones, refuses earlier ones.</summary>
    /// <param name="updates">What came.</param>
    /// <param name="recovering">A difference is on its way: everything new waits for it, without a deadline.</param>
    /// <param name="now">The present time.</param>
    public SequenceVerdict Offer(SequencedUpdates updates, bool recovering, DateTimeOffset now)
    {
        if (Value > updates.Start)
        {
            return SequenceVerdict.Duplicate;
        }

        if (!recovering && Value == updates.Start)
        {
            Value = updates.End;
            return SequenceVerdict.Applied;
        }

        if (_waiting?.Count >= MaxWaiting)
        {
            Drop();
            return SequenceVerdict.Overflow;
        }

        Keep(updates);
        GapDeadline ??= recovering ? null : now + GapPatience;
        return SequenceVerdict.Held;
    }

    /// <summary>The next of those that waited, now that it can be applied. Those a difference brought meanwhile are dropped.</summary>
    public SequencedUpdates? TakeNext(DateTimeOffset now)
    {
        while (HasWaiting && _waiting![0].Start <= Value)
        {
            var first = _waiting[0];
            _waiting.RemoveAt(0);
            if (first.Start == Value)
            {
                Value = first.End;
                GapDeadline = HasWaiting ? now + GapPatience : null;
                return first;
            }
        }

        GapDeadline = HasWaiting ? GapDeadline ?? now + GapPatience : null;
        return null;
    }

    /// <summary>A difference begins: it will close the gap, so the clock stops.</summary>
    public void StopClock() => GapDeadline = null;

    /// <summary>The server says where the sequence stands.</summary>
    public void Reset(int value) => Value = value;

    /// <summary>Forgets what waits: a difference asked for later brings it.</summary>
    public void Drop()
    {
        _waiting = null;
        GapDeadline = null;
    }

    private void Keep(SequencedUpdates updates)
    {
        _waiting ??= [];
        var index = _waiting.Count;
        while (index > 0 && IsAfter(_waiting[index - 1], updates))
        {
            index--;
        }

        _waiting.Insert(index, updates);
    }

    private static bool IsAfter(SequencedUpdates left, SequencedUpdates right) =>
        left.Start > right.Start || (left.Start == right.Start && left.End > right.End);
}
