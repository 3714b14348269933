using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Lets one writer in at a time, because SQLite's answer to two is an error, and a bounded number of them wait.</summary>
internal sealed class SqliteGate(TimeSpan patience) : IDisposable
{
    internal const int MaxWaiting = 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _waiting;

    /// <summary>Waits for the turn, which <see cref="Leave"/> ends.</summary>
    /// <exception cref="StorageUnavailableException">Others have written for too long, or too many wait already.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var entered = false;
        if (Interlocked.Increment(ref _waiting) <= MaxWaiting)
        {
            try
            {
                entered = await _gate.WaitAsync(patience, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
        else
        {
            Interlocked.Decrement(ref _waiting);
        }

        if (!entered)
        {
            throw new StorageUnavailableException(StorageTrouble.Busy, "Too much waits to be written.");
        }
    }

    public void Leave() => _gate.Release();

    public void Dispose() => _gate.Dispose();
}
