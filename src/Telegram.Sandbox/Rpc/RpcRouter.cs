using Telegram.Tl;

namespace Telegram.Sandbox.Rpc;

/// <summary>Finds the handler of a function and lets it run for those who may call it.</summary>
/// <param name="homeDc">The data centre a user's account lives on.</param>
/// <param name="logger">Told of methods nobody has mapped.</param>
internal sealed partial class RpcRouter(Func<long, int> homeDc, ILogger logger)
{
    private readonly Dictionary<Type, RpcMethod> _methods = [];

    /// <summary>Gives a function its handler.</summary>
    /// <exception cref="InvalidOperationException">The function is mapped already.</exception>
    public void Map<TFunction, TResult>(Func<TFunction, RpcContext, ValueTask<TResult>> handler, RpcAccess access = RpcAccess.User)
        where TFunction : ITlFunction<TResult>
    {
        if (!_methods.TryAdd(typeof(TFunction), new RpcMethod<TFunction, TResult>(handler, access)))
        {
            throw new InvalidOperationException($"{typeof(TFunction).Name} is mapped twice.");
        }
    }

    /// <summary>Gives a function its handler, one that has nothing to wait for.</summary>
    /// <exception cref="InvalidOperationException">The function is mapped already.</exception>
    public void Map<TFunction, TResult>(Func<TFunction, RpcContext, TResult> handler, RpcAccess access = RpcAccess.User)
        where TFunction : ITlFunction<TResult> =>
        Map<TFunction, TResult>((function, context) => ValueTask.FromResult(handler(function, context)), access);

    /// <summary>Finds the method and checks that the caller may call it.</summary>
    /// <exception cref="RpcErrorException">There is no such method, or not for this caller.</exception>
    public RpcMethod Resolve(ITlFunction function, RpcContext context)
    {
        if (!_methods.TryGetValue(function.GetType(), out var method))
        {
            LogUnknownMethod(TlRegistry.GetName(function.ConstructorId) ?? $"{function.ConstructorId:x8}");
            throw RpcErrorException.BadRequest("METHOD_INVALID");
        }

        if (method.Access != RpcAccess.Anyone)
        {
            var home = homeDc(context.RequireUserId());
            if (method.Access == RpcAccess.User && home != context.DcId)
            {
                throw RpcErrorException.UserMigrate(home);
            }
        }

        return method;
    }

    /// <summary>Finds the handler and calls it.</summary>
    /// <exception cref="RpcErrorException">There is no such method, not for this caller, or the handler refused.</exception>
    public ValueTask<object?> InvokeAsync(ITlFunction function, RpcContext context) =>
        Resolve(function, context).InvokeAsync(function, context);

    [LoggerMessage(LogLevel.Warning, "No handler for {Method}: METHOD_INVALID")]
    private partial void LogUnknownMethod(string method);
}
