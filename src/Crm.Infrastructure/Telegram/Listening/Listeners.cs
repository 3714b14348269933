using System.Collections.Concurrent;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telemetry;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>The connections that are listened to in this process.</summary>
internal sealed class Listeners : ITelegramLiveness, IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Lazy<Listener>> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();

    // Taken once: whoever starts at the very end finds it cancelled, and the source perhaps gone.
    private readonly CancellationToken _stopped;
    private readonly Func<long, Listener> _create;
    private int _isDisposed;

    public Listeners(Func<long, Listener> create, CrmMetrics metrics)
    {
        _create = create;
        _stopped = _stopping.Token;
        metrics.ObserveListeners(() => Look() is var (live, away) ? [new("live", live), new("away", away)] : []);
    }

    public TelegramLiveness Look()
    {
        var live = _listeners.Values.Count(listener => listener is { IsValueCreated: true, Value.IsLive: true });
        return new TelegramLiveness(live, Math.Max(0, _listeners.Count - live));
    }

    /// <summary>Begins to listen and returns at once; a connection that is listened to already stays as it is.</summary>
    public void Start(long connectionId)
    {
        if (!_stopped.IsCancellationRequested)
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

    /// <summary>May come twice: the container knows it under two names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_listeners.Values.Select(listener => listener.Value.DisposeAsync().AsTask()));
        _stopping.Dispose();
    }

    /// <summary>A listener has ended by itself.</summary>
    internal void Forget(long connectionId) => _listeners.TryRemove(connectionId, out _);

    private Listener Launch(long connectionId)
    {
        var listener = _create(connectionId);
        listener.Start(this, _stopped);
        return listener;
    }
}
