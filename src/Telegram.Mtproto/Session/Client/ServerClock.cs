using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client;

/// <summary>The server's clock, as far as the client knows it.</summary>
internal struct ServerClock
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>The server's clock minus the local one.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Whether the offset comes from the server.</summary>
    public bool IsKnown { get; private set; }

    public readonly DateTimeOffset At(DateTimeOffset now) => now + Offset;

    public void Restore(TimeSpan offset) => (Offset, IsKnown) = (offset, true);

    /// <summary>Takes the time over from a message the server has just made.</summary>
    /// <returns>Whether that changes anything worth mentioning.</returns>
    public bool Learn(long serverMessageId, DateTimeOffset now)
    {
        var offset = MessageId.ToTime(serverMessageId) - now;
        var changed = !IsKnown || (offset - Offset).Duration() > Tolerance;
        if (changed)
        {
            Restore(offset);
        }

        return changed;
    }
}
