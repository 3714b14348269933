using Telegram.Mtproto.Session.Client.Incoming;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client;

/// <summary>Knows which handler a message belongs to.</summary>
internal static class ClientDispatcher
{
    public static RejectReason Dispatch(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        switch (message.ConstructorId)
        {
            case RpcResult.Id:
                return RpcResultHandler.Handle(core, in message, handler);
            case MsgsAck.Id:
                return MsgsAckHandler.Handle(core, in message, handler);
            case Pong.Id:
                return PongHandler.Handle(core, in message, handler);
            case NewSessionCreated.Id:
                return NewSessionCreatedHandler.Handle(core, in message, handler);
            case BadServerSalt.Id:
                return BadServerSaltHandler.Handle(core, in message, handler);
            case BadMsgNotification.Id:
                return BadMsgNotificationHandler.Handle(core, in message, handler);
            case FutureSalts.Id:
                return FutureSaltsHandler.Handle(core, in message, handler);
            case GzipPacked.Id:
                return GzipPackedHandler.Handle(core, in message, handler);
            case MsgContainer.Id:
                return RejectReason.Nested;
            default:
                return DispatchRare(core, in message, handler);
        }
    }

    /// <summary>Hands out what <c>rpc_result</c> says of a service call.</summary>
    public static RejectReason DispatchAnswer(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        switch (message.ConstructorId)
        {
            case DestroySessionOk.Id or DestroySessionNone.Id:
                return DestroySessionHandler.Handle(core, in message, handler);
            case DestroyAuthKeyOk.Id or DestroyAuthKeyNone.Id or DestroyAuthKeyFail.Id:
                return DestroyAuthKeyHandler.Handle(core, in message, handler);
            default:
                return RejectReason.None;
        }
    }

    private static RejectReason DispatchRare(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        switch (message.ConstructorId)
        {
            case MsgsStateReq.Id:
                return MsgsStateReqHandler.Handle(core, in message);
            case MsgsStateInfo.Id:
                return MsgsStateInfoHandler.Handle(core, in message, handler);
            case MsgsAllInfo.Id:
                return MsgsAllInfoHandler.Handle(core, in message, handler);
            case MsgDetailedInfo.Id:
                return MsgDetailedInfoHandler.Handle(core, in message);
            case MsgNewDetailedInfo.Id:
                return MsgNewDetailedInfoHandler.Handle(core, in message);
            case MsgResendReq.Id or MsgResendAnsReq.Id:
                return MsgResendReqHandler.Handle(core, in message);
            case Ping.Id:
                return PingHandler.Handle(core, in message);
            case MsgCopy.Id:
                return MsgCopyHandler.Handle(core, in message, handler);
            case DestroySessionOk.Id or DestroySessionNone.Id or DestroyAuthKeyOk.Id or DestroyAuthKeyNone.Id or DestroyAuthKeyFail.Id:
                return DispatchAnswer(core, in message, handler);
            default:
                handler.OnUpdate(message.Body);
                return RejectReason.None;
        }
    }
}
