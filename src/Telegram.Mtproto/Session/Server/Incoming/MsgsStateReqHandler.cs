using Telegram.Mtproto.Session.Wire;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary><c>msgs_state_req</c>: the client asks which of its messages were received.</summary>
internal static class MsgsStateReqHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message)
    {
        if (!message.Fields.TryReadIds(out var ids))
        {
            return RejectReason.Malformed;
        }

        Answer(core, message.MessageId, ids);
        return RejectReason.None;
    }

    /// <summary>Queues <c>msgs_state_info</c>.</summary>
    public static void Answer(ServerCore core, long requestMessageId, MessageIds ids)
    {
        Span<byte> states = stackalloc byte[ids.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = StateOf(core, ids[i]);
        }

        var info = core.Outbox.Rent(MessageKind.Reply);
        ServiceMessages.WriteStates(info, requestMessageId, states);
        core.Outbox.Add(info, urgent: false);
    }

    private static byte StateOf(ServerCore core, long messageId)
    {
        var state = MessageState.Of(core.Received, messageId);
        if (core.IsRunning(messageId))
        {
            state |= MessageState.Processed;
        }
        else if (core.FindAnswer(messageId) is not null)
        {
            state |= MessageState.Processed | MessageState.Answered;
        }

        return state;
    }
}
