using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>get_future_salts</c>.</summary>
internal static class GetFutureSaltsHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadInt32(out var count))
        {
            return RejectReason.Malformed;
        }

        var salts = core.Salts.Future(count, message.Now);
        var answer = core.Outbox.Rent(MessageKind.Reply);
        var writer = new TlWriter(answer);
        writer.WriteUInt32(FutureSalts.Id);
        writer.WriteInt64(message.MessageId);
        writer.WriteInt32((int)message.Now.ToUnixTimeSeconds());
        writer.WriteInt32(salts.Count);
        foreach (var salt in salts)
        {
            writer.WriteInt32((int)salt.ValidSince.ToUnixTimeSeconds());
            writer.WriteInt32((int)salt.ValidUntil.ToUnixTimeSeconds());
            writer.WriteInt64(salt.Value);
        }

        writer.Flush();
        core.Outbox.Add(answer, urgent: false);
        return RejectReason.None;
    }
}
