namespace Telegram.Sandbox.Connections;

/// <summary>
/// Does at short intervals what is due on all connections and sessions: one timer for all, so that an idle connection
/// costs none.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ITimer _timer;
    private readonly Action _beat;
    private int _beating;

    public Heartbeat(TimeProvider time, Action beat)
    {
        _beat = beat;
        _timer = time.CreateTimer(_ => Beat(), state: null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        // A beat that takes longer than the interval is not joined by a second one.
        if (Interlocked.Exchange(ref _beating, 1) == 0)
        {
            _beat();
            Volatile.Write(ref _beating, 0);
        }
    }
}
