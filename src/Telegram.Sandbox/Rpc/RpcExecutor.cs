using System.Buffers;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Faults;
using Telegram.Sandbox.Keys;
using Telegram.Tl;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Rpc;

/// <summary>Carries one request out, from its wrappers to the bytes of its answer.</summary>
internal sealed partial class RpcExecutor(
    RpcRouter router,
    FaultBoard faults,
    Counters counters,
    AuthKeyStore keys,
    IAuthorizations authorizations,
    TimeProvider time,
    ILogger<RpcExecutor> logger)
{
    /// <summary>Writes the answer; <see langword="false"/> when it is to be lost.</summary>
    /// <exception cref="RpcErrorException">The answer is an error.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public async Task<bool> ExecuteAsync(
        IRpcCaller caller, PendingRequest request, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (request is not { Error: null, Function: { } function })
        {
            throw request.Error ?? RpcErrorException.BadRequest("INPUT_FETCH_ERROR");
        }

        var call = RpcCall.Unwrap(function);
        var name = TlRegistry.GetName(call.Function.ConstructorId) ?? "?";
        counters.CountRpc(name);
        var fault = faults.Methods.Take(name);
        if (fault?.Error is { } error)
        {
            throw new RpcErrorException(error.Code, error.Message);
        }

        CheckOrder(caller, request, call);
        var client = ConnectionState.Require(call, caller.Key, keys);
        var context = new RpcContext
        {
            TransportKey = caller.Key,
            AuthKeyId = caller.Key.OwnerId ?? caller.Key.Id,
            SessionId = caller.SessionId,
            MessageId = request.MessageId,
            DcId = caller.Key.DcId,
            Client = client,
            ClientAddress = request.ClientAddress,
            Time = time,
            Authorizations = authorizations,
            CancellationToken = cancellationToken,
        };
        await InvokeAsync(name, call.Function, context, output);
        caller.OnCalled(context, call.WithoutUpdates);
        return fault is null;
    }

    private static void CheckOrder(IRpcCaller caller, PendingRequest request, RpcCall call)
    {
        // Requests run in the order they came, so what is named here has been answered, if it ever came.
        if (call.After.Any(earlier => earlier >= request.MessageId || caller.HasFailed(earlier)))
        {
            throw RpcErrorException.BadRequest("MSG_WAIT_FAILED");
        }
    }

    private async Task InvokeAsync(string name, ITlFunction function, RpcContext context, IBufferWriter<byte> output)
    {
        try
        {
            if (context.TransportKey?.OwnerId is null && function is not AuthBindTempAuthKey && !name.StartsWith("help.", StringComparison.Ordinal))
            {
                throw RpcErrorException.Unauthorized("AUTH_KEY_PERM_EMPTY");
            }

            var method = router.Resolve(function, context);
            var result = await method.InvokeAsync(function, context);
            method.WriteResult(function, result, output);
        }
        catch (Exception e) when (e is not RpcErrorException && !(e is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
        {
            LogFailure(e, name);
            throw new RpcErrorException(500, "INTERNAL");
        }
    }

    [LoggerMessage(LogLevel.Error, "The handler of {Method} failed")]
    private partial void LogFailure(Exception exception, string method);
}
