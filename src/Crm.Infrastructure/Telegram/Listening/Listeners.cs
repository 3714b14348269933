using System.Collections.Concurrent;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>The connections that are listened to in this process.</summary>
internal sealed class Listeners(Func<long, Listener> create) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Lazy<Listener>> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Begins to listen and returns at once; a connection that is listened to already stays as it is.</summary>
    public void Start(long connectionId)
    {
        if (!_stopping.IsCancellationRequested)
        {
            _ = _listeners.GetOrAdd(connectionId, id => new Lazy<Listener>(() => Launch(id))).Value;
        }
    }

    /// <summary>Stops listening and waits until what was being committed is.</summary>
    public async Task StopAsync(long connectionId)
    {
        if (_listeners.TryRemove(connectionId, out var listener))
        {
            await listener.Value.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_listeners.Values.Select(listener => listener.Value.DisposeAsync().AsTask()));
        _stopping.Dispose();
    }

    /// <summary>A listener has ended by itself.</summary>
    internal void Forget(long connectionId) => _listeners.TryRemove(connectionId, out _);

    private Listener Launch(long connectionId)
    {
        var listener = create(connectionId);
        listener.Start(this, _stopping.Token);
        return listener;
    }
}
