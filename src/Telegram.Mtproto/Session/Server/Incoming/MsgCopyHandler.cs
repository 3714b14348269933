using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>msg_copy</c>: a message the client sends again; it is handled as if it had come itself, unless it has.</summary>
internal static class MsgCopyHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        var reason = MessageCopy.TryOpen(in message, out var original);
        return reason == RejectReason.None ? ServerReceiver.ReceiveInner(core, in original, handler) : reason;
    }
}
