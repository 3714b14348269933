using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>
/// <c>msg_copy</c>: a message sent again inside another one
/// (<see href="https://core.telegram.org/mtproto/service_messages#message-copies"/>).
/// </summary>
internal static class MessageCopy
{
    /// <summary>Reads the message that was copied.</summary>
    /// <param name="copy">The message it came in.</param>
    /// <param name="original">The copied message: neither a container nor a copy itself.</param>
    public static RejectReason TryOpen(in IncomingMessage copy, out IncomingMessage original)
    {
        original = default;
        var fields = copy.Fields;
        if (!fields.TryReadUInt32(out var constructorId)
            || constructorId != Message.Id
            || !fields.TryReadInt64(out var messageId)
            || !fields.TryReadInt32(out var sequenceNumber)
            || !fields.TryReadInt32(out var length)
            || length < sizeof(uint)
            || length % sizeof(uint) != 0
            || !fields.TryTake(length, out var body))
        {
            return RejectReason.Malformed;
        }

        original = new IncomingMessage(messageId, sequenceNumber, body, copy.Now);
        return original.ConstructorId is MsgContainer.Id or MsgCopy.Id ? RejectReason.Nested : RejectReason.None;
    }
}
