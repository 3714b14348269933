namespace Telegram.Sandbox.Connections;

/// <summary>When a connection has had enough time: to authenticate, to end a frame, to say something, to take what is sent.</summary>
internal sealed class ConnectionDeadlines(TimeProvider time, TimeSpan handshakeTimeout, TimeSpan idleTimeout)
{
    private readonly long _opened = time.GetTimestamp();
    private long _heard = time.GetTimestamp();
    private long _frameBegan;
    private long _writeBegan;
    private volatile bool _authenticated;

    public void Heard() => Volatile.Write(ref _heard, time.GetTimestamp());

    public void Authenticated() => _authenticated = true;

    public void FrameIsPartial()
    {
        if (Volatile.Read(ref _frameBegan) == 0)
        {
            Volatile.Write(ref _frameBegan, time.GetTimestamp());
        }
    }

    public void FrameIsWhole() => Volatile.Write(ref _frameBegan, 0);

    public void WriteBegins() => Volatile.Write(ref _writeBegan, time.GetTimestamp());

    public void WriteEnds() => Volatile.Write(ref _writeBegan, 0);

    /// <summary>Why the connection must be closed at this moment; null while it need not.</summary>
    public string? Missed(long now)
    {
        if (!_authenticated && Since(_opened) > handshakeTimeout)
        {
            return "handshake_timeout";
        }

        if (Volatile.Read(ref _frameBegan) is not 0 and var began && Since(began) > handshakeTimeout)
        {
            return "frame_timeout";
        }

        if (Volatile.Read(ref _writeBegan) is not 0 and var writing && Since(writing) > handshakeTimeout)
        {
            return "write_timeout";
        }

        return Since(Volatile.Read(ref _heard)) > idleTimeout ? "idle_timeout" : null;

        TimeSpan Since(long earlier) => time.GetElapsedTime(earlier, now);
    }
}
