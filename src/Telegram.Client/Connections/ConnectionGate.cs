namespace Telegram.Client;

/// <summary>Lets callers wait until a connection stands or the present try has failed, and lets them cut the wait before the next try.</summary>
internal sealed class ConnectionGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _round = NewRound();
    private TaskCompletionSource _wanted = NewRound();
    private Exception? _end;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
            return _end is not null ? Task.FromException(_end) : _round.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The connection stands.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _round.TrySetResult();
        }
    }

    /// <summary>The try failed, or the connection ended: who waits is told, who comes later waits for the next try.</summary>
    public void Lose(Exception error)
    {
        lock (_lock)
        {
            End(_round, error);
            (_round, _wanted) = (NewRound(), NewRound());
        }
    }

    /// <summary>There will be no further try.</summary>
    public void Fail(Exception error)
    {
        lock (_lock)
        {
            _end ??= error;
            End(_round, _end);
        }
    }

    /// <summary>Waits before the next try, unless somebody wants it now or has wanted it since the last was lost.</summary>
    public async Task DelayAsync(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        Task wanted;
        lock (_lock)
        {
            wanted = _wanted.Task;
        }

        await wanted.WaitAsync(delay, time, cancellationToken).Quietly();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void End(TaskCompletionSource round, Exception error)
    {
        round.TrySetException(error);
        _ = round.Task.Exception; // Often nobody waits; that is no unobserved failure.
    }
}
