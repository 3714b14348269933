using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>bad_server_salt</c>: a message came with a salt that is not valid; it is sent again with the one the server names.</summary>
internal static class BadServerSaltHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var badMessageId)
            || !fields.TryReadInt32(out _)
            || !fields.TryReadInt32(out _)
            || !fields.TryReadInt64(out var salt))
        {
            return RejectReason.Malformed;
        }

        if (!core.MayHaveSent(badMessageId))
        {
            return RejectReason.None;
        }

        if (core.Salts.Replace(salt))
        {
            handler.OnSaltsChanged();
        }

        core.Refuse(badMessageId, handler);
        return RejectReason.None;
    }
}
