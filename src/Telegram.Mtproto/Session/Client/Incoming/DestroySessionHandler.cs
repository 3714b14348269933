using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>destroy_session_ok</c> and <c>destroy_session_none</c>, alone or within <c>rpc_result</c>.</summary>
internal static class DestroySessionHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        if (!message.Fields.TryReadInt64(out var sessionId))
        {
            return RejectReason.Malformed;
        }

        var answered = core.Requests.ForEachInFlight(
            (core.Requests, SessionId: sessionId),
            static (sent, argument) => sent.Kind == MessageKind.DestroySession && sent.Reference == argument.SessionId,
            static (sent, argument) => argument.Requests.Complete(sent));
        if (answered > 0)
        {
            handler.OnSessionDestroyed(sessionId, message.ConstructorId == DestroySessionOk.Id);
        }

        return RejectReason.None;
    }
}
