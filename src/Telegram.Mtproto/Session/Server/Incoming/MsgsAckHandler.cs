using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>msgs_ack</c>: the client has received messages, they need not be kept.</summary>
internal static class MsgsAckHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (core.Outbox.Find(ids[i]) is { } sent)
            {
                core.Forget(sent);
            }
        }

        return RejectReason.None;
    }
}
