using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server.Incoming;

/// <summary>
/// <c>rpc_drop_answer</c>: the client does not want an answer any more
/// (<see href="https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query"/>).
/// </summary>
internal static class RpcDropAnswerHandler
{
    public static RejectReason Handle(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        if (!message.Fields.TryReadInt64(out var requestMessageId))
        {
            return RejectReason.Malformed;
        }

        var outcome = core.RentAnswer(message.MessageId);
        var writer = new TlWriter(outcome);
        if (core.StopRequest(requestMessageId))
        {
            writer.WriteUInt32(RpcAnswerDroppedRunning.Id);
            SendDropped(core, requestMessageId);
            handler.OnRequestDropped(requestMessageId);
        }
        else if (core.FindAnswer(requestMessageId) is { } answer)
        {
            writer.WriteUInt32(RpcAnswerDropped.Id);
            writer.WriteInt64(answer.MessageId);
            writer.WriteInt32(answer.SequenceNumber);
            writer.WriteInt32(answer.Length);
            core.Forget(answer);
        }
        else
        {
            writer.WriteUInt32(RpcAnswerUnknown.Id);
        }

        writer.Flush();
        core.SendAnswer(outcome);
        return RejectReason.None;
    }

    /// <summary>The dropped request itself is answered too.</summary>
    private static void SendDropped(ServerCore core, long requestMessageId)
    {
        var answer = core.RentAnswer(requestMessageId);
        var writer = new TlWriter(answer);
        writer.WriteUInt32(RpcAnswerDroppedRunning.Id);
        writer.Flush();
        core.SendAnswer(answer);
    }
}
