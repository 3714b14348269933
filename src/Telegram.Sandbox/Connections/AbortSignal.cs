namespace Telegram.Sandbox.Connections;

/// <summary>Says once that a connection is to end at once.</summary>
internal sealed class AbortSignal
{
    private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives the signal; <see langword="false"/> when it was given before.</summary>
    public bool TrySet() => _set.TrySetResult();

    /// <summary>Waits for something else, but not beyond the signal.</summary>
    /// <exception cref="OperationCanceledException">The signal was given.</exception>
    public async ValueTask WaitAsync(Task other)
    {
        if (!other.IsCompleted)
        {
            await Task.WhenAny(other, _set.Task);
        }

        if (_set.Task.IsCompleted)
        {
            throw new OperationCanceledException();
        }
    }
}
