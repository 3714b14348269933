using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msg_new_detailed_info</c>: a message that answers nothing was not acknowledged, and not sent again because it is large.</summary>
internal static class MsgNewDetailedInfoHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadInt64(out var answerMessageId))
        {
            return RejectReason.Malformed;
        }

        if (core.Received.Check(answerMessageId) != Receipt.New)
        {
            core.Acks.Add(answerMessageId, message.Now);
        }
        else
        {
            core.Notify(MsgResendReq.Id, answerMessageId);
        }

        return RejectReason.None;
    }
}
