namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>A place in the line of those who want to write.</summary>
internal class SqliteTurn
{
    private readonly TaskCompletionSource<bool> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    /// <summary>True once: for who gives the turn, for who does its work beside their own, or for its owner, who no longer wants it.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>It is the owner's turn. Whoever calls has taken it.</summary>
    public void Give() => _turn.TrySetResult(true);

    /// <summary>Waits until it is the owner's turn (true) or somebody else has done the work (false).</summary>
    /// <exception cref="TimeoutException">Neither came about in time, nor will.</exception>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await _turn.Task.WaitAsync(patience, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (TryTake())
            {
                throw;
            }

            // The turn has come just now, or somebody is doing the work.
            return await _turn.Task;
        }
    }

    /// <summary>Somebody else has done the work, or has failed to.</summary>
    protected void End() => _turn.TrySetResult(false);
}
