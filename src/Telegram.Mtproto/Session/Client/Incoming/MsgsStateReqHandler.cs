using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>msgs_state_req</c>: the server asks which of its messages were received.</summary>
internal static class MsgsStateReqHandler
{
    public static RejectReason Handle(ClientCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        Answer(core, message.MessageId, ids);
        return RejectReason.None;
    }

    /// <summary>Queues <c>msgs_state_info</c>.</summary>
    public static void Answer(ClientCore core, long requestMessageId, MessageIds ids)
    {
        Span<byte> states = stackalloc byte[ids.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = MessageState.Of(core.Received, ids[i]);
        }

        var info = core.Requests.Rent(MessageKind.Notice);
        ServiceMessages.WriteStates(info, requestMessageId, states);
        core.Requests.Add(info, urgent: true);
    }
}
