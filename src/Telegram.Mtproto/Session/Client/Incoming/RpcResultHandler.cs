using System.Text;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Client.Incoming;

/// <summary><c>rpc_result</c>: the answer to a request, or to a service call of ours.</summary>
internal static class RpcResultHandler
{
    private const int BadRequest = 400;

    public static RejectReason Handle(ClientCore core, in IncomingMessage message, IClientSessionHandler handler)
    {
        var fields = message.Fields;
        if (!fields.TryReadInt64(out var requestMessageId))
        {
            return RejectReason.Malformed;
        }

        switch (core.Requests.Find(requestMessageId))
        {
            case null:
                // Cancelled, or answered before.
                return RejectReason.None;
            case { RequestId: not 0 } request:
                return Deliver(core, request, fields.Rest, handler);
            case { Kind: MessageKind.DestroySession or MessageKind.DestroyAuthKey }:
                return ClientDispatcher.DispatchAnswer(core, message.With(fields.Rest), handler);
            case { } call:
                core.Requests.Complete(call);
                return RejectReason.None;
        }
    }

    private static RejectReason Deliver(ClientCore core, OutgoingMessage request, ReadOnlySpan<byte> result, IClientSessionHandler handler)
    {
        if (Packing.IsPacked(result))
        {
            if (!Packing.TryUnpack(result, core.Options.MaxInflatedBytes, out var unpacked))
            {
                return Fail(core, request, handler);
            }

            result = unpacked;
        }

        var reader = new BodyReader(result);
        if (!reader.TryReadUInt32(out var constructorId))
        {
            return Fail(core, request, handler);
        }

        if (constructorId == RpcError.Id)
        {
            return DeliverError(core, request, reader, handler);
        }

        var requestId = request.RequestId;
        core.Requests.Complete(request);
        handler.OnResult(requestId, result);
        return RejectReason.None;
    }

    private static RejectReason DeliverError(ClientCore core, OutgoingMessage request, BodyReader reader, IClientSessionHandler handler)
    {
        if (!reader.TryReadInt32(out var code) || !reader.TryReadBytes(out var text))
        {
            return Fail(core, request, handler);
        }

        if (code == BadRequest && request.AfterMessageId != 0 && text.StartsWith("MSG_WAIT_"u8) && ++request.Refusals <= core.Options.MaxRefusals)
        {
            // The request it waited for was itself sent again under another identifier.
            core.Requests.SendAgain(request, sameIdentity: false);
            return RejectReason.None;
        }

        var requestId = request.RequestId;
        core.Requests.Complete(request);
        handler.OnRpcError(requestId, code, Encoding.UTF8.GetString(text));
        return RejectReason.None;
    }

    private static RejectReason Fail(ClientCore core, OutgoingMessage request, IClientSessionHandler handler)
    {
        var requestId = request.RequestId;
        core.Requests.Complete(request);
        handler.OnRequestFailed(requestId, RequestFailure.MalformedAnswer);
        return RejectReason.Malformed;
    }
}
