using System.Collections.Concurrent;

namespace Telegram.Sandbox.Connections;

/// <summary>The open connections of all data centres.</summary>
internal sealed class ConnectionRegistry(int limit)
{
    private readonly ConcurrentDictionary<ClientConnection, bool> _open = new();
    private int _count;
    private volatile TaskCompletionSource? _empty;

    public int Count => Volatile.Read(ref _count);

    /// <summary><see langword="false"/> when there are too many already.</summary>
    public bool TryAdd(ClientConnection connection)
    {
        if (Interlocked.Increment(ref _count) > limit)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _open[connection] = true;
        return true;
    }

    public void Remove(ClientConnection connection)
    {
        if (_open.TryRemove(connection, out _))
        {
            if (Interlocked.Decrement(ref _count) == 0)
            {
                _empty?.TrySetResult();
            }
        }
    }

    /// <summary>Closes all, and is done when they are gone. No connection may be added meanwhile.</summary>
    public async Task CloseAllAsync()
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _empty = empty;
        AbortAll();
        if (Count > 0)
        {
            await empty.Task;
        }
    }

    public void AbortAll()
    {
        foreach (var (connection, _) in _open)
        {
            connection.Abort();
        }
    }

    public void Sweep(long timestamp)
    {
        foreach (var (connection, _) in _open)
        {
            connection.Tick(timestamp);
        }
    }
}
