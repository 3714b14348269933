using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>The account's own counters, which one difference recovers together.</summary>
internal sealed class AccountSequences(UpdatePosition? position)
{
    private bool _lost;

    /// <summary>There is a position to ask differences from.</summary>
    public bool HasPosition { get; private set; } = position is not null;

    public UpdateSequence Pts { get; } = new(position?.Pts ?? 0);

    public UpdateSequence Qts { get; } = new(position?.Qts ?? 0);

    public UpdateSequence Seq { get; } = new(position?.Seq ?? 0);

    public int Date { get; private set; } = position?.Date ?? 0;

    public UpdateRecovery Recovery { get; } = new();

    public UpdatePosition Position => new(Pts.Value, Qts.Value, Date, Seq.Value);

    public DateTimeOffset Deadline =>
        Recovery.IsWanted ? Recovery.NotBefore
        : Recovery.IsUnderWay ? DateTimeOffset.MaxValue
        : Earliest(Pts.GapDeadline, Qts.GapDeadline, Seq.GapDeadline);

    public void Recover()
    {
        StopClocks();
        Recovery.Want();
    }

    public void StopClocks()
    {
        Pts.StopClock();
        Qts.StopClock();
        Seq.StopClock();
    }

    public void Tick(DateTimeOffset now)
    {
        if (!Recovery.IsActive && Deadline <= now)
        {
            Recover();
        }
    }

    /// <summary>A container was applied: its date counts, unless a difference is about to say better.</summary>
    public void Advance(int date)
    {
        if (!Recovery.IsActive)
        {
            Date = Math.Max(Date, date);
        }
    }

    public void Reset(UpdatesState state)
    {
        Pts.Reset(state.Pts);
        Qts.Reset(state.Qts);
        Reset(state.Date, state.Seq);
    }

    public void Reset(int date, int seq)
    {
        Seq.Reset(seq);
        Date = date;
        HasPosition = true;
    }

    /// <summary>True once after a position was refused by the server, or what follows it could not be read: what lay between is not to be had as updates.</summary>
    public bool TakeLost()
    {
        var lost = _lost;
        _lost = false;
        return lost;
    }

    public void OnFailed(Exception error, TimeSpan? after, DateTimeOffset now)
    {
        var isRefused = error is RpcException { Code: 400, Type: "PERSISTENT_TIMESTAMP_INVALID" or "PERSISTENT_TIMESTAMP_EMPTY" };
        var isHopeless = Recovery.IsHopeless(error);
        Recovery.Retry(now, after);
        if (HasPosition && (isRefused || isHopeless))
        {
            HasPosition = false;
            _lost = true;
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset? first, DateTimeOffset? second, DateTimeOffset? third)
    {
        var earliest = first ?? DateTimeOffset.MaxValue;
        earliest = second < earliest ? second.Value : earliest;
        return third < earliest ? third.Value : earliest;
    }
}
