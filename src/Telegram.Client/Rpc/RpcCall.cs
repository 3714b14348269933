using Telegram.Tl;

namespace Telegram.Client;

/// <summary>A call that waits for its answer.</summary>
internal abstract class RpcCall(ITlFunction function)
{
    public ITlFunction Function { get; } = function;

    /// <summary>The session's number for it; 0 while it waits for a session.</summary>
    public long RequestId { get; set; }

    /// <summary>It went out wrapped in initConnection: its answer shows that the server knows us.</summary>
    public bool Introduces { get; set; }

    /// <summary>How often the server said that the connection was not introduced.</summary>
    public int Rejections { get; set; }

    public abstract void Complete(ReadOnlySpan<byte> result);

    public abstract void Fail(Exception error);
}

/// <summary>A call whose answer has a type.</summary>
internal sealed class RpcCall<TResult>(ITlFunction<TResult> function) : RpcCall(function)
{
    // Continuations never run on the reading loop, nor under its lock.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Task => _completion.Task;

    public override void Complete(ReadOnlySpan<byte> result)
    {
        try
        {
            var reader = new TlReader(result);
            _completion.TrySetResult(function.ReadResult(ref reader));
        }
        catch (TlException error)
        {
            _completion.TrySetException(new UnreadableAnswerException(error));
        }
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
