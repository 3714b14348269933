using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>destroy_session</c>; what it does to the session it comes in is undefined, here: nothing.</summary>
internal static class DestroySessionHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        if (!message.Fields.TryReadInt64(out var sessionId))
        {
            return RejectReason.Malformed;
        }

        var existed = sessionId != core.SessionId && handler.OnDestroySession(sessionId);
        var answer = core.Outbox.Rent(MessageKind.Reply);
        ServiceMessages.Write(answer, existed ? DestroySessionOk.Id : DestroySessionNone.Id, sessionId);
        core.Outbox.Add(answer, urgent: false);
        return RejectReason.None;
    }
}
