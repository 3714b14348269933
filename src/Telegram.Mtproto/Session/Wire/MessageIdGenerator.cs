namespace Telegram.Mtproto.Session.Wire;

/// <summary>Makes strictly growing message identifiers.</summary>
internal struct MessageIdGenerator
{
    private const long Step = 4;

    /// <summary>The identifier made last; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Makes the next identifier.</summary>
    /// <param name="time">The server's time, as well as it is known.</param>
    /// <param name="sender">One of the sender bits of <see cref="MessageId"/>.</param>
    public long Next(DateTimeOffset time, long sender)
    {
        var id = MessageId.FromTime(time);
        if ((uint)id == 0)
        {
            // The specification refuses an empty fraction.
            id += Step;
        }

        if ((id | sender) <= Last)
        {
            id = (Last & -Step) + Step;
        }

        return Last = id | sender;
    }

    /// <summary>Forgets what was made: a new session may begin at an earlier time.</summary>
    public void Restart() => Last = 0;
}
