using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>msg_resend_req</c>: the client wants messages once more; if one of them is not there any more, it gets states instead.</summary>
internal static class MsgResendReqHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (core.Outbox.Find(ids[i]) is null)
            {
                MsgsStateReqHandler.Answer(core, message.MessageId, ids);
                return RejectReason.None;
            }
        }

        for (var i = ids.Count - 1; i >= 0; i--)
        {
            if (core.Outbox.Find(ids[i]) is { IsQueued: false } sent)
            {
                core.Outbox.SendAgain(sent, sameIdentity: true);
            }
        }

        return RejectReason.None;
    }
}
