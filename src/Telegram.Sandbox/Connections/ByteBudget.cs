namespace Telegram.Sandbox.Connections;

/// <summary>What unfinished frames of all connections together may occupy: each has its limit, but there may be very many.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _used;

    /// <summary>Replaces one connection's share by another; <see langword="false"/>, and nothing changes, when that is too much.</summary>
    public bool TryChange(long from, long to)
    {
        if (Interlocked.Add(ref _used, to - from) <= limit || to <= from)
        {
            return true;
        }

        Interlocked.Add(ref _used, from - to);
        return false;
    }
}
