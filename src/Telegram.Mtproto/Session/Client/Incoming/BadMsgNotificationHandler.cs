using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary>
/// <c>bad_msg_notification</c>: a message was ignored
/// (<see href="https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message"/>).
/// </summary>
internal static class BadMsgNotificationHandler
{
    private const int MessageIdTooLow = 16;
    private const int MessageIdTooHigh = 17;
    private const int SequenceNumberTooLow = 32;
    private const int SequenceNumberTooHigh = 33;
    private const int InvalidContainer = 64;

    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var badMessageId) || !fields.TryReadInt32(out _) || !fields.TryReadInt32(out var code))
        {
            return RejectReason.Malformed;
        }

        if (!core.MayHaveSent(badMessageId))
        {
            return RejectReason.None;
        }

        if (code is MessageIdTooLow or MessageIdTooHigh && core.Clock.Learn(message.MessageId, message.Now))
        {
            handler.OnClockCorrected(core.Clock.Offset);
        }

        if (code is MessageIdTooHigh or SequenceNumberTooLow or SequenceNumberTooHigh)
        {
            // Identifiers may not shrink within a session, and wrong sequence numbers cannot be mended in it.
            core.ResetSession(handler);
        }
        else
        {
            core.Refuse(badMessageId, handler, alone: code == InvalidContainer);
        }

        return RejectReason.None;
    }
}
