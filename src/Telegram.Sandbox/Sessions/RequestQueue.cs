using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Sessions;

/// <summary>Lets the requests of one session run one after another, in the order they came, and never on the caller's thread.</summary>
internal sealed class RequestQueue(Func<PendingRequest, CancellationToken, Task> execute) : IDisposable
{
    private const long MaxWaitingBytes = 8 * 1024 * 1024;

    // Even the smallest request costs the objects it was read into. There is room for about a thousand of them.
    private const int RequestOverhead = 8 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<PendingRequest> _waiting = [];
    private readonly Backlog _backlog = new(MaxWaitingBytes);
    private CancellationTokenSource? _running;
    private long _runningId;
    private bool _disposed;

    /// <summary>Completed while there is room for more; requests that come nevertheless are taken.</summary>
    public Task WaitForRoomAsync() => _backlog.WaitForRoomAsync();

    public void Enqueue(PendingRequest request)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _backlog.Add(Cost(request));
            _waiting.AddLast(request);
            if (_running is null)
            {
                _running = new CancellationTokenSource();
                _ = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Takes a request out, or tells it that nobody waits for it.</summary>
    public void Drop(long messageId)
    {
        lock (_lock)
        {
            if (_runningId == messageId)
            {
                CancelRunning();
            }
            else if (_waiting.FirstOrDefault(one => one.MessageId == messageId) is { } waiting)
            {
                _waiting.Remove(waiting);
                _backlog.Remove(Cost(waiting));
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _waiting.Clear();
            _backlog.Clear();
            CancelRunning();
        }
    }

    /// <summary>Under the lock, so that it strikes no later request; what handlers do about it runs elsewhere.</summary>
    private void CancelRunning() => _ = _running?.CancelAsync();

    private static long Cost(PendingRequest request) => request.Size + RequestOverhead;

    private async Task RunAsync()
    {
        while (Next() is var (request, cancellationToken))
        {
            await execute(request, cancellationToken);
            _backlog.Remove(Cost(request));
        }
    }

    private (PendingRequest Request, CancellationToken CancellationToken)? Next()
    {
        lock (_lock)
        {
            if (_waiting.First is not { Value: var request })
            {
                _running?.Dispose();
                _running = null;
                _runningId = 0;
                return null;
            }

            _waiting.RemoveFirst();
            _runningId = request.MessageId;
            if (_running is null || !_running.TryReset())
            {
                _running?.Dispose();
                _running = new CancellationTokenSource();
            }

            return (request, _running.Token);
        }
    }
}
