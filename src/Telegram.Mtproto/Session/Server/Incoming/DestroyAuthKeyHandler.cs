using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>destroy_auth_key</c>.</summary>
internal static class DestroyAuthKeyHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        core.Acks.Remove(message.MessageId);
        var answer = core.Outbox.Rent(MessageKind.Reply);
        var writer = new TlWriter(answer);
        writer.WriteUInt32(handler.OnDestroyAuthKey() switch
        {
            AuthKeyDestruction.Destroyed => DestroyAuthKeyOk.Id,
            AuthKeyDestruction.NotFound => DestroyAuthKeyNone.Id,
            _ => DestroyAuthKeyFail.Id,
        });
        writer.Flush();
        core.Outbox.Add(answer, urgent: false);
        return RejectReason.None;
    }
}
