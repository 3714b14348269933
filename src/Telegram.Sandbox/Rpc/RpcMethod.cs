using System.Buffers;
using Telegram.Tl;

namespace Telegram.Sandbox.Rpc;

/// <summary>One mapped method: calls the handler and writes its result as the method's type wants it.</summary>
internal abstract class RpcMethod(RpcAccess access)
{
    public RpcAccess Access { get; } = access;

    public abstract ValueTask<object?> InvokeAsync(ITlFunction function, RpcContext context);

    public abstract void WriteResult(ITlFunction function, object? result, IBufferWriter<byte> output);
}

internal sealed class RpcMethod<TFunction, TResult>(Func<TFunction, RpcContext, ValueTask<TResult>> handler, RpcAccess access) : RpcMethod(access)
    where TFunction : ITlFunction<TResult>
{
    public override async ValueTask<object?> InvokeAsync(ITlFunction function, RpcContext context) =>
        await handler((TFunction)function, context);

    public override void WriteResult(ITlFunction function, object? result, IBufferWriter<byte> output)
    {
        var writer = new TlWriter(output);
        ((TFunction)function).WriteResult(ref writer, (TResult)result!);
        writer.Flush();
    }
}
