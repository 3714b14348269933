namespace Telegram.Mtproto.Session.Client;

/// <summary>When to ping, and whether the server still answers.</summary>
internal struct Heartbeat(ClientSessionOptions options)
{
    private DateTimeOffset _nextPing = DateTimeOffset.MinValue;
    private DateTimeOffset? _pingedAt;
    private DateTimeOffset? _owedSince;

    /// <summary>When something must happen next.</summary>
    public readonly DateTimeOffset Deadline
    {
        get
        {
            var deadline = _nextPing;
            if (_pingedAt is { } pinged)
            {
                deadline = Earlier(deadline, pinged + options.PongTimeout);
            }
            else if (_owedSince is { } owed)
            {
                deadline = Earlier(deadline, owed + options.ProbeAfter);
            }

            return deadline;
        }
    }

    public readonly bool IsPingDue(DateTimeOffset now) =>
        now >= _nextPing || (_pingedAt is null && _owedSince is { } owed && now >= owed + options.ProbeAfter);

    public readonly bool IsUnresponsive(DateTimeOffset now) => _pingedAt is { } pinged && now >= pinged + options.PongTimeout;

    public void OnPing(DateTimeOffset now)
    {
        _nextPing = now + options.PingInterval;
        _pingedAt ??= now;
    }

    /// <summary>Something was sent to which the server owes an answer or an acknowledgement.</summary>
    public void OnSent(DateTimeOffset now) => _owedSince ??= now;

    public void OnReceived()
    {
        _pingedAt = null;
        _owedSince = null;
    }

    /// <summary>A new connection: a ping tells the server at once whose it is.</summary>
    public void Restart()
    {
        OnReceived();
        _nextPing = DateTimeOffset.MinValue;
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
