using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>ping</c>: either side may ask.</summary>
internal static class PingHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadInt64(out var pingId))
        {
            return RejectReason.Malformed;
        }

        var pong = core.Requests.Rent(MessageKind.Notice);
        ServiceMessages.Write(pong, Pong.Id, message.MessageId, pingId);
        core.Requests.Add(pong, urgent: true);
        return RejectReason.None;
    }
}
