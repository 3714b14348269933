using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msgs_ack</c>: the server has received messages of ours.</summary>
internal static class MsgsAckHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (core.Requests.Find(ids[i]) is { } sent)
            {
                Outbox.Acknowledge(sent, handler);
            }
        }

        return RejectReason.None;
    }
}
