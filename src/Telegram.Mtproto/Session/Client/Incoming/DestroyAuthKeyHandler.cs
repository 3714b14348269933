using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>destroy_auth_key_ok</c>, <c>_none</c> and <c>_fail</c>, alone or within <c>rpc_result</c>.</summary>
internal static class DestroyAuthKeyHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var answered = core.Requests.ForEachInFlight(
            core.Requests,
            static (sent, _) => sent.Kind == MessageKind.DestroyAuthKey,
            static (sent, requests) => requests.Complete(sent));
        if (answered > 0)
        {
            handler.OnAuthKeyDestroyed(message.ConstructorId switch
            {
                DestroyAuthKeyOk.Id => AuthKeyDestruction.Destroyed,
                DestroyAuthKeyNone.Id => AuthKeyDestruction.NotFound,
                _ => AuthKeyDestruction.Failed,
            });
        }

        return RejectReason.None;
    }
}
