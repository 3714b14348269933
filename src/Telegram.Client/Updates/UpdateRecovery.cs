namespace Telegram.Client;

/// <summary>
/// Whether a difference is wanted, under way, or to be tried again later. What happens while one is under way may not be in its answer:
/// then another follows it.
/// </summary>
internal sealed class UpdateRecovery
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private const int MaxUnreadable = 2;
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(2);

    private bool _again;
    private int _failures;
    private int _unreadable;

    public bool IsWanted { get; private set; }

    public bool IsUnderWay { get; private set; }

    /// <summary>Sequences hold back what is new while this is set.</summary>
    public bool IsActive => IsWanted || IsUnderWay;

    /// <summary>Not to be asked before this time.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    public void Want()
    {
        if (IsUnderWay)
        {
            _again = true;
        }
        else
        {
            IsWanted = true;
        }
    }

    /// <summary>Circumstances changed (a new connection, a sign-in): no reason to wait any longer.</summary>
    public void WantNow()
    {
        NotBefore = default;
        Want();
    }

    public bool TryBegin(DateTimeOffset now)
    {
        if (!IsWanted || IsUnderWay || now < NotBefore)
        {
            return false;
        }

        IsWanted = false;
        IsUnderWay = true;
        _again = false;
        return true;
    }

    /// <summary>A part came; more is there.</summary>
    public void Continue()
    {
        IsUnderWay = false;
        IsWanted = true;
        _failures = 0;
        _unreadable = 0;
        NotBefore = default;
    }

    /// <summary>The last part came.</summary>
    public void Complete()
    {
        IsUnderWay = false;
        IsWanted = _again;
        _again = false;
        _failures = 0;
        _unreadable = 0;
        NotBefore = default;
    }

    /// <summary>
    /// Whether this failure shows that the difference will never be had: the server answers, time and again, with what cannot be read.
    /// </summary>
    public bool IsHopeless(Exception error)
    {
        _unreadable = error is UnreadableAnswerException ? _unreadable + 1 : 0;
        return _unreadable >= MaxUnreadable;
    }

    /// <summary>It failed; it is tried again after the time the server names, or after an ever longer one.</summary>
    public void Retry(DateTimeOffset now, TimeSpan? after = null)
    {
        IsUnderWay = false;
        IsWanted = true;
        var delay = TimeSpan.FromTicks(Math.Min(FirstRetry.Ticks << Math.Min(_failures++, 10), LastRetry.Ticks));
        NotBefore = now + (after ?? delay);
    }
}
