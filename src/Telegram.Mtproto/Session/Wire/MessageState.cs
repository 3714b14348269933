namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// The status bytes of <c>msgs_state_info</c>
/// (<see href="https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages"/>).
/// </summary>
internal static class MessageState
{
    public const byte Unknown = 1;
    public const byte NotReceived = 2;
    public const byte NotReceivedYet = 3;
    public const byte Received = 4;
    public const byte Acknowledged = 8;
    public const byte Processed = 32;
    public const byte Answered = 64;

    private const byte ReceiptMask = 7;

    public static bool IsReceived(byte state) => (state & ReceiptMask) == Received;

    public static bool IsMissing(byte state) => (state & ReceiptMask) is Unknown or NotReceived or NotReceivedYet;

    /// <summary>What the window of received identifiers knows of a message.</summary>
    public static byte Of(ReceivedIds received, long messageId) => received.Check(messageId) switch
    {
        Receipt.Duplicate => Received,
        Receipt.Forgotten => Unknown,
        _ => messageId > received.Highest ? NotReceivedYet : NotReceived,
    };
}
