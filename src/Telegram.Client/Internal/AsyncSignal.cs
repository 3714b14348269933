using System.Threading.Tasks.Sources;

namespace Telegram.Client;

/// <summary>
/// Wakes one waiting loop. Several signals before it wakes are one. Waiting allocates nothing and holds no thread,
/// so that thousands of idle loops cost a few hundred bytes each.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private bool _isSet;
    private bool _isWaiting;

    public void Set()
    {
        lock (_lock)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;
        }

        _source.SetResult(true);
    }

    /// <summary>Completes at the next <see cref="Set"/>, or at once when there was one since the last wait. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _source.Reset();
            _isWaiting = true;
            return new ValueTask(this, _source.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
