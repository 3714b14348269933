using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msg_detailed_info</c>: an answer is there, but was not sent again because it is large.</summary>
internal static class MsgDetailedInfoHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var requestMessageId) || !fields.TryReadInt64(out var answerMessageId))
        {
            return RejectReason.Malformed;
        }

        if (core.Requests.Find(requestMessageId) is null || core.Received.Check(answerMessageId) != Receipt.New)
        {
            // Not wanted, or received already: the server may forget it.
            core.Acks.Add(answerMessageId, message.Now);
        }
        else
        {
            core.Notify(MsgResendReq.Id, answerMessageId);
        }

        return RejectReason.None;
    }
}
