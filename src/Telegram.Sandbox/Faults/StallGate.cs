namespace Telegram.Sandbox.Faults;

/// <summary>Holds up everyone who passes while connections are to be stalled.</summary>
internal sealed class StallGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;
    private ITimer? _timer;

    /// <summary>Completed in fair weather, else completes when the stall ends.</summary>
    public Task Passage => Volatile.Read(ref _closed)?.Task ?? Task.CompletedTask;

    public void Begin(TimeSpan duration)
    {
        lock (_lock)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _timer?.Dispose();
            _timer = time.CreateTimer(_ => End(), state: null, duration, Timeout.InfiniteTimeSpan);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            var closed = _closed;
            Volatile.Write(ref _closed, null);
            closed?.TrySetResult();
        }
    }
}
