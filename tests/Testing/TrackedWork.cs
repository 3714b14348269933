using System.Diagnostics;

namespace Testing;

/// <summary>
/// Runs continuations on the thread pool and knows how many are waiting or running. When there are none, everybody waits for time or
/// for the test: a signal, not a guess, however busy the machine is. Code that leaves the context (Task.Run, ConfigureAwait(false)) is not seen.
/// </summary>
public sealed class TrackedWork : SynchronizationContext
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    /// <summary>The one the caller runs under.</summary>
    public static TrackedWork Present => Current as TrackedWork ?? throw new InvalidOperationException("The fixture is to be marked [TracksWork].");

    /// <summary>Completes as soon as nothing is left to do but what waits for it; who waits no longer counts.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _count++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Owner.Run(work.Callback, work.State), (Owner: this, Callback: d, State: state), preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing is to block.");

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
            Leave();
        }
    }

    private void Leave()
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            _count--;
            Debug.Assert(_count >= 0, "what ends has begun");
            if (_count == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
    }
}
