namespace Telegram.Sandbox.Sessions;

/// <summary>Counts what waits to be worked off, and lets whoever brings more wait until there is room.</summary>
internal sealed class Backlog(long limit)
{
    private readonly Lock _lock = new();
    private long _held;
    private TaskCompletionSource? _room;

    public void Add(long amount)
    {
        lock (_lock)
        {
            _held += amount;
        }
    }

    public void Remove(long amount) => Set(held => held - amount);

    public void Clear() => Set(_ => 0);

    /// <summary>Completed while no more than the limit waits.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            if (_held <= limit)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private void Set(Func<long, long> change)
    {
        lock (_lock)
        {
            _held = change(_held);
            if (_held <= limit)
            {
                _room?.TrySetResult();
                _room = null;
            }
        }
    }
}
