using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msgs_state_info</c>: which of the messages we asked about were received.</summary>
internal static class MsgsStateInfoHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var requestMessageId) || !fields.TryReadBytes(out var states))
        {
            return RejectReason.Malformed;
        }

        if (core.Requests.Find(requestMessageId) is not { Kind: MessageKind.StateRequest } request)
        {
            return RejectReason.None;
        }

        var question = new BodyReader(request.Body);
        var isAnswer = question.TryReadUInt32(out _) && question.TryReadIds(out var ids) && MsgsAllInfoHandler.Apply(core, ids, states, handler);
        core.Requests.Complete(request);
        return isAnswer ? RejectReason.None : RejectReason.Malformed;
    }
}
