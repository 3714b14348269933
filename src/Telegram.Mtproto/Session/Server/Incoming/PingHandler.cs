using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>ping</c> and <c>ping_delay_disconnect</c>.</summary>
internal static class PingHandler
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var pingId))
        {
            return RejectReason.Malformed;
        }

        if (message.ConstructorId == PingDelayDisconnect.Id)
        {
            if (!fields.TryReadInt32(out var seconds))
            {
                return RejectReason.Malformed;
            }

            core.DisconnectAt = message.Now + TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestDelay.TotalSeconds));
        }

        var pong = core.Outbox.Rent(MessageKind.Reply);
        ServiceMessages.Write(pong, Pong.Id, message.MessageId, pingId);
        core.Outbox.Add(pong, urgent: false);
        return RejectReason.None;
    }
}
