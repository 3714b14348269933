namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// What a <c>msg_id</c> says: Unix time in its upper 32 bits, the fraction of the second below, the sender in the two lowest bits
/// (<see href="https://core.telegram.org/mtproto/description#message-identifier-msg-id"/>).
/// </summary>
internal static class MessageId
{
    /// <summary>Lowest bits of a client's message.</summary>
    public const long FromClient = 0;

    /// <summary>Lowest bits of a server's message that answers a client's.</summary>
    public const long ServerAnswer = 1;

    /// <summary>Lowest bits of a server's message that answers nothing.</summary>
    public const long ServerInitiated = 3;

    private const long SenderMask = 3;

    /// <summary>How old a message may be before it is refused.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(300);

    /// <summary>How far a message's time may lie ahead before it is refused.</summary>
    public static readonly TimeSpan MaxLead = TimeSpan.FromSeconds(30);

    public static bool IsFromClient(long messageId) => (messageId & SenderMask) == FromClient;

    public static bool IsFromServer(long messageId) => (messageId & 1) == 1;

    /// <summary>The identifier of a moment, without a sender.</summary>
    public static long FromTime(DateTimeOffset time)
    {
        var ticks = Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks);
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return ((seconds << 32) | ((rest << 32) / TimeSpan.TicksPerSecond)) & ~SenderMask;
    }

    /// <summary>The moment an identifier names; whatever its bits are, a time between 1901 and 2038.</summary>
    public static DateTimeOffset ToTime(long messageId)
    {
        var fraction = ((long)(uint)messageId * TimeSpan.TicksPerSecond) >> 32;
        return DateTimeOffset.UnixEpoch.AddTicks(((messageId >> 32) * TimeSpan.TicksPerSecond) + fraction);
    }

    public static bool IsTooOld(long messageId, DateTimeOffset time) => messageId < FromTime(time - MaxAge);

    public static bool IsTooNew(long messageId, DateTimeOffset time) => messageId > (FromTime(time + MaxLead) | SenderMask);
}
