using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>pong</c>: the answer to a ping.</summary>
internal static class PongHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var pingMessageId) || !fields.TryReadInt64(out var pingId))
        {
            return RejectReason.Malformed;
        }

        if (core.Requests.Find(pingMessageId) is { Kind: MessageKind.Ping } ping && ping.Reference == pingId)
        {
            var roundTrip = message.Now - ping.SentAt;
            core.Requests.Complete(ping);
            handler.OnPong(pingId, roundTrip);
        }

        return RejectReason.None;
    }
}
