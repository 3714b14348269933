using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>msg_resend_ans_req</c>: the client wants the answers to requests once more, as if it had repeated the requests.</summary>
internal static class MsgResendAnsReqHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (core.FindAnswer(ids[i]) is { IsQueued: false } answer)
            {
                core.Outbox.SendAgain(answer, sameIdentity: true);
            }
        }

        return RejectReason.None;
    }
}
