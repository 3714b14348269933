using Telegram.Mtproto.Session.Server.Incoming;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Server;

/// <summary>Knows which handler a message belongs to.</summary>
internal static class ServerDispatcher
{
    /// <summary>Handles a message that is new, and remembers it unless it is refused.</summary>
    public static RejectReason Dispatch(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        switch (message.ConstructorId)
        {
            case MsgContainer.Id:
                return core.Refuse(in message, ErrorCodes.InvalidContainer, handler);
            case GzipPacked.Id:
                return GzipPackedHandler.Handle(core, in message, handler);
            case MsgsAck.Id or Ping.Id or PingDelayDisconnect.Id or GetFutureSalts.Id or RpcDropAnswer.Id or DestroySession.Id or DestroyAuthKey.Id
                or MsgsStateReq.Id or MsgResendReq.Id or MsgResendAnsReq.Id
                or MsgsStateInfo.Id or MsgsAllInfo.Id or MsgDetailedInfo.Id or MsgNewDetailedInfo.Id or HttpWait.Id or MsgCopy.Id:
                Remember(core, in message);
                return DispatchService(core, in message, handler);
            default:
                return RequestHandler.Handle(core, in message, message.Body, handler);
        }
    }

    public static void Remember(ServerCore core, in IncomingMessage message)
    {
        core.Received.Add(message.MessageId);
        if (message.IsContentRelated)
        {
            core.Acks.Add(message.MessageId, message.Now);
        }
    }

    private static RejectReason DispatchService(ServerCore core, in IncomingMessage message, IServerSessionHandler handler)
    {
        switch (message.ConstructorId)
        {
            case MsgsAck.Id:
                return MsgsAckHandler.Handle(core, in message);
            case Ping.Id or PingDelayDisconnect.Id:
                return PingHandler.Handle(core, in message);
            case GetFutureSalts.Id:
                return GetFutureSaltsHandler.Handle(core, in message);
            case RpcDropAnswer.Id:
                return RpcDropAnswerHandler.Handle(core, in message, handler);
            case DestroySession.Id:
                return DestroySessionHandler.Handle(core, in message, handler);
            case DestroyAuthKey.Id:
                return DestroyAuthKeyHandler.Handle(core, in message, handler);
            case MsgsStateReq.Id:
                return MsgsStateReqHandler.Handle(core, in message);
            case MsgResendReq.Id:
                return MsgResendReqHandler.Handle(core, in message);
            case MsgResendAnsReq.Id:
                return MsgResendAnsReqHandler.Handle(core, in message);
            case MsgCopy.Id:
                return MsgCopyHandler.Handle(core, in message, handler);
            default:
                // States and offers of the client's messages ask for nothing; http_wait means nothing on a stream.
                return RejectReason.None;
        }
    }
}
