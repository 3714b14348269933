using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence;

/// <summary>A database that is opened, and brought to its schema, before it is used.</summary>
internal interface IOpenedStorage
{
    StorageOpening Opening { get; }
}

/// <summary>
/// Opens a database once. While somebody waits for it, the others are told at once what is wrong, and don't try for themselves: a
/// server that isn't there would let each of them hang.
/// </summary>
internal sealed class StorageOpening(Func<CancellationToken, Task> open) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isOpen;
    private volatile StorageUnavailableException? _problem;

    /// <summary>Opens it unless it is open already.</summary>
    /// <exception cref="StorageUnavailableException">It can't be opened.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return Task.CompletedTask;
        }

        return _problem is { } problem
            ? Task.FromException(new StorageUnavailableException(problem.Trouble, problem.Message, problem))
            : OpenAsync(cancellationToken);
    }

    /// <summary>Tries; answers what is wrong, which everybody else is told until a later try succeeds.</summary>
    public async Task<StorageUnavailableException?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(cancellationToken);
            return _problem = null;
        }
        catch (StorageUnavailableException exception)
        {
            return _problem = exception;
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await open(cancellationToken);
                _isOpen = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
