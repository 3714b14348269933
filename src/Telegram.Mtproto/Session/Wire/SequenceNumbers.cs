namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// Counts <c>seq_no</c>: twice the number of content-related messages sent before, plus one for a content-related message
/// (<see href="https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno"/>).
/// </summary>
internal struct SequenceNumbers
{
    private int _contentRelated;

    public static bool IsContentRelated(int sequenceNumber) => (sequenceNumber & 1) == 1;

    public int Next(bool contentRelated)
    {
        var number = unchecked(_contentRelated * 2);
        if (!contentRelated)
        {
            return number;
        }

        _contentRelated++;
        return number + 1;
    }

    /// <summary>Counts from the beginning, for a new session.</summary>
    public void Restart() => _contentRelated = 0;
}
