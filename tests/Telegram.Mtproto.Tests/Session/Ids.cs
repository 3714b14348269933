namespace Telegram.Mtproto.Tests.Session;

/// <summary>Constructor numbers as they lie on the wire, written by hand from core.telegram.org/schema/mtproto.</summary>
internal static class Ids
{
    public const string Vector = "15c4b51c";
    public const string Container = "dcf8f173";
    public const string GzipPacked = "a1cf7230";
    public const string RpcResult = "016d5cf3";
    public const string RpcError = "19ca4421";
    public const string MsgsAck = "59b4d662";
    public const string BadMsgNotification = "11f8efa7";
    public const string BadServerSalt = "7b44abed";
    public const string NewSessionCreated = "0809c29e";
    public const string MsgsStateReq = "52fb69da";
    public const string MsgsStateInfo = "7db5de04";
    public const string MsgsAllInfo = "31d1c08c";
    public const string MsgDetailedInfo = "c63e6d27";
    public const string MsgNewDetailedInfo = "dfb69d80";
    public const string MsgResendReq = "081a867d";
    public const string Ping = "ec77be7a";
    public const string PingDelayDisconnect = "8c7b42f3";
    public const string Pong = "c5737734";
    public const string GetFutureSalts = "04bd21b9";
    public const string FutureSalts = "950850ae";
    public const string RpcDropAnswer = "40a7e458";
    public const string RpcAnswerUnknown = "6ed32a5e";
    public const string RpcAnswerDroppedRunning = "86e578cd";
    public const string RpcAnswerDropped = "b7d83aa4";
    public const string DestroySession = "262151e7";
    public const string DestroySessionOk = "fc4520e2";
    public const string DestroySessionNone = "c950d362";
    public const string DestroyAuthKey = "605143d1";
    public const string DestroyAuthKeyOk = "d4e160f6";
    public const string DestroyAuthKeyNone = "59229f0a";
    public const string DestroyAuthKeyFail = "139b10ea";
    public const string InvokeAfterMsg = "2d379fcb";
    public const string HttpWait = "9f359992";
    public const string MsgCopy = "b24660e0";
    public const string Message = "11e5b85b";
    public const string BoolTrue = "b5757299";
}
