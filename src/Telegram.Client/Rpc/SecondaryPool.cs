namespace Telegram.Client;

/// <summary>
/// The open connections to data centres the account does not live in. Those nobody has used for a while are closed: an account that
/// once looked at a picture does not hold a socket for it ever after. The keys stay, so coming back costs a connection only.
/// </summary>
internal sealed class SecondaryPool : IAsyncDisposable
{
    private readonly Func<int, DataCenterConnection> _open;
    private readonly TelegramClientOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly HashSet<Task> _closing = [];
    private Exception? _end;
    private ITimer? _timer;

    public SecondaryPool(Func<int, DataCenterConnection> open, TelegramClientOptions options)
    {
        _open = open;
        _options = options;
    }

    /// <summary>How many connections are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Uses a connection, which is not closed meanwhile.</summary>
    public async Task<TResult> UseAsync<TResult>(int dataCenter, Func<DataCenterConnection, Task<TResult>> use)
    {
        var entry = Rent(dataCenter);
        try
        {
            return await use(entry.Connection);
        }
        finally
        {
            Return(entry);
        }
    }

    /// <summary>Closes a connection, whoever uses it.</summary>
    public async Task ReleaseAsync(int dataCenter)
    {
        Entry? released;
        lock (_lock)
        {
            _entries.Remove(dataCenter, out released);
        }

        if (released is not null)
        {
            await released.Connection.DisposeAsync();
        }
    }

    /// <summary>Ends every call with this error, and all to come.</summary>
    public async Task EndAsync(Exception error)
    {
        Entry[] entries;
        lock (_lock)
        {
            _end ??= error;
            entries = [.. _entries.Values];
        }

        foreach (var entry in entries)
        {
            await entry.Connection.EndAsync(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] closing;
        Entry[] entries;
        lock (_lock)
        {
            _end ??= new ObjectDisposedException(nameof(TelegramClient));
            _timer?.Dispose();
            closing = [.. _closing];
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        await Task.WhenAll([.. closing, .. entries.Select(entry => entry.Connection.DisposeAsync().AsTask())]);
    }

    private Entry Rent(int dataCenter)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                throw _end;
            }

            if (!_entries.TryGetValue(dataCenter, out var entry))
            {
                entry = new Entry(_open(dataCenter));
                _entries.Add(dataCenter, entry);
                _timer ??= _options.TimeProvider.CreateTimer(_ => CloseIdle(), null, _options.IdleConnectionTimeout, Timeout.InfiniteTimeSpan);
            }

            entry.Users++;
            return entry;
        }
    }

    private void Return(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            entry.UnusedSince = _options.TimeProvider.GetTimestamp();
        }
    }

    private void CloseIdle()
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            foreach (var (dataCenter, entry) in _entries.Where(pair => IsIdle(pair.Value)).ToArray())
            {
                _entries.Remove(dataCenter);
                _closing.Add(CloseAsync(entry));
            }

            _closing.RemoveWhere(task => task.IsCompletedSuccessfully);
            if (_entries.Count > 0)
            {
                _timer?.Change(_options.IdleConnectionTimeout, Timeout.InfiniteTimeSpan);
                return;
            }

            _timer?.Dispose();
            _timer = null;
        }
    }

    private bool IsIdle(Entry entry) =>
        entry.Users == 0 && _options.TimeProvider.GetElapsedTime(entry.UnusedSince) >= _options.IdleConnectionTimeout;

    private static async Task CloseAsync(Entry entry)
    {
        // Not under the lock of whoever looks for idle ones.
        await Task.Yield();
        await entry.Connection.DisposeAsync();
    }

    private sealed class Entry(DataCenterConnection connection)
    {
        public DataCenterConnection Connection { get; } = connection;

        public int Users { get; set; }

        public long UnusedSince { get; set; }
    }
}
