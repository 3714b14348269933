using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msg_copy</c>: a message the server sends again; it is handled as if it had come itself, unless it has.</summary>
internal static class MsgCopyHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var reason = MessageCopy.TryOpen(in message, out var original);
        return reason == RejectReason.None ? ClientReceiver.ReceiveInner(core, in original, handler) : reason;
    }
}
