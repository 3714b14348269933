namespace Telegram.Sandbox.Faults;

/// <summary>What is to go wrong with one call.</summary>
/// <param name="Error">The answer instead of the method's; null: the method is carried out and its answer lost.</param>
internal sealed record MethodFault(Rpc.RpcErrorException? Error);

/// <summary>Faults that lie in wait for calls of a method. For each method they come in the order they were asked for.</summary>
internal sealed class MethodFaults
{
    /// <summary>Stands for every method of the API.</summary>
    public const string AnyMethod = "*";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Waiting>> _byMethod = new(StringComparer.Ordinal);
    private volatile bool _any;

    /// <summary>Lets a fault lie in wait for calls of a method, the next ones or those after the next <paramref name="after"/>.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public void Add(string method, MethodFault fault, int times, int after = 0)
    {
        if (method != AnyMethod && !MethodNames.Contains(method))
        {
            throw new ArgumentException("method must be a method of the API, such as messages.sendMessage, or * for all.", nameof(method));
        }

        lock (_lock)
        {
            (_byMethod.TryGetValue(method, out var waiting) ? waiting : _byMethod[method] = []).Enqueue(new Waiting(fault, times, after));
            _any = true;
        }
    }

    public MethodFault? Take(string method)
    {
        if (!_any)
        {
            return null;
        }

        lock (_lock)
        {
            return TakeFor(method) ?? TakeFor(AnyMethod);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byMethod.Clear();
            _any = false;
        }
    }

    private MethodFault? TakeFor(string method)
    {
        if (!_byMethod.TryGetValue(method, out var waiting) || !waiting.TryPeek(out var first))
        {
            return null;
        }

        if (first.After > 0)
        {
            first.After--;
            return null;
        }

        if (--first.Left == 0)
        {
            waiting.Dequeue();
        }

        return first.Fault;
    }

    private sealed class Waiting(MethodFault fault, int times, int after)
    {
        public MethodFault Fault { get; } = fault;

        public int After { get; set; } = after;

        public int Left { get; set; } = times;
    }
}
