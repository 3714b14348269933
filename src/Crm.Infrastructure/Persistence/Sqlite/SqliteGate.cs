using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets one writer in at a time, because SQLite's answer to two is an error, and a bounded number of them wait. Whoever is in may do the
/// work of those who wait; the turn then passes them over.
/// </summary>
internal sealed class SqliteGate(TimeSpan patience)
{
    internal const int MaxWaiting = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<SqliteTurn> _waiting = new();
    private bool _isEntered;

    /// <summary>Waits for the turn (true), which <see cref="Leave"/> ends, or until somebody else has done the work (false).</summary>
    /// <exception cref="StorageUnavailableException">Others have written for too long, or too many wait already.</exception>
    public async Task<bool> EnterAsync(SqliteTurn turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryEnter(turn))
        {
            return true;
        }

        try
        {
            return await turn.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Busy();
        }
    }

    /// <summary>The first who waits, to do its work: a write that is to stand against no more than this one. Only for who is in.</summary>
    public SqliteWrite? TakeWrite(Durability durability)
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next) && next is SqliteWrite write && write.Durability <= durability)
            {
                _waiting.Dequeue();
                if (write.TryTake())
                {
                    return write;
                }
            }
        }

        return null;
    }

    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TryTake())
                {
                    next.Give();
                    return;
                }
            }

            _isEntered = false;
        }
    }

    /// <summary>Enters where nobody is in, else stands in line.</summary>
    private bool TryEnter(SqliteTurn turn)
    {
        lock (_lock)
        {
            if (!_isEntered)
            {
                return _isEntered = turn.TryTake();
            }

            if (_waiting.Count >= MaxWaiting)
            {
                throw Busy();
            }

            _waiting.Enqueue(turn);
            return false;
        }
    }

    private static StorageUnavailableException Busy() => new(StorageTrouble.Busy, "Too much waits to be written.");
}
