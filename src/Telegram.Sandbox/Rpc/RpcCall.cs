using Telegram.Tl;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Rpc;

/// <summary>
/// A request without its wrappers (<see href="https://core.telegram.org/api/invoking"/>), and what they said.
/// </summary>
internal sealed class RpcCall
{
    private const int MaxAfter = 64;

    private readonly List<long> _after = [];

    private RpcCall(ITlFunction function) => Function = function;

    /// <summary>The method itself.</summary>
    public ITlFunction Function { get; private set; }

    public int? Layer { get; private set; }

    public InitConnection? Init { get; private set; }

    public bool WithoutUpdates { get; private set; }

    /// <summary>The requests that must have succeeded before.</summary>
    public IReadOnlyList<long> After => _after;

    /// <summary>Takes the wrappers off a function.</summary>
    /// <exception cref="RpcErrorException">The wrappers name too many requests to wait for.</exception>
    public static RpcCall Unwrap(ITlFunction function)
    {
        var call = new RpcCall(function);
        while (call.Inner() is { } inner)
        {
            call.Function = inner;
        }

        return call._after.Count <= MaxAfter ? call : throw RpcErrorException.BadRequest("MSG_WAIT_FAILED");
    }

    /// <summary>The function inside the current one, having noted what the wrapper says; null when it is no wrapper.</summary>
    private ITlFunction? Inner()
    {
        switch (Function)
        {
            case InvokeWithLayer one:
                Layer = one.Layer;
                return one.Query;
            case InitConnection one:
                Init = one;
                return one.Query;
            case InvokeWithoutUpdates one:
                WithoutUpdates = true;
                return one.Query;
            case InvokeAfterMsg one:
                _after.Add(one.MsgId);
                return one.Query;
            case InvokeAfterMsgs one:
                _after.AddRange(one.MsgIds);
                return one.Query;
            case InvokeWithMessagesRange one:
                return one.Query;
            case InvokeWithTakeout one:
                return one.Query;
            case InvokeWithBusinessConnection one:
                return one.Query;
            default:
                return null;
        }
    }
}
