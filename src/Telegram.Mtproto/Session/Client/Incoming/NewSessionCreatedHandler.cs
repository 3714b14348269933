using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary>
/// <c>new_session_created</c>: the server knows nothing of what was sent in this session before a certain message; that is sent again, as new.
/// </summary>
internal static class NewSessionCreatedHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var firstMessageId) || !fields.TryReadInt64(out var uniqueId) || !fields.TryReadInt64(out var salt))
        {
            return RejectReason.Malformed;
        }

        if (core.Salts.Replace(salt))
        {
            handler.OnSaltsChanged();
        }

        // What counts is the container a message came in: first_msg_id may be the container's as well as that of a message in it.
        core.Requests.ForEachInFlight(
            (core.Requests, FirstMessageId: firstMessageId),
            static (sent, argument) => sent.CarrierId < argument.FirstMessageId,
            static (sent, argument) => argument.Requests.SendAgain(sent, sameIdentity: false));
        handler.OnNewSession(firstMessageId, uniqueId);
        return RejectReason.None;
    }
}
