using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msg_resend_req</c>: the server wants messages of ours once more; if one of them is not there any more, it gets their states instead.</summary>
internal static class MsgResendReqHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (core.Requests.Find(ids[i]) is null)
            {
                MsgsStateReqHandler.Answer(core, message.MessageId, ids);
                return RejectReason.None;
            }
        }

        for (var i = ids.Count - 1; i >= 0; i--)
        {
            if (core.Requests.Find(ids[i]) is { IsQueued: false } sent)
            {
                core.Requests.SendAgain(sent, sameIdentity: true);
            }
        }

        return RejectReason.None;
    }
}
