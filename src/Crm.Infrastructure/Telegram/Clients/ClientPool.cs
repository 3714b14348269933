using System.Collections.Concurrent;
using Crm.Application.Ownership;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>The clients of this process, one a connection: two with the same key would end the session.</summary>
internal sealed class ClientPool : IOwnershipObserver, IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, ClientSlot> _slots = new();
    private readonly ClientFactory _factory;
    private readonly ITelegramOwnership _ownership;
    private int _isDisposed;

    public ClientPool(ClientFactory factory, ITelegramOwnership ownership, CrmMetrics metrics)
    {
        (_factory, _ownership) = (factory, ownership);
        metrics.ObserveConnections(CountStates);
    }

    public void Gained()
    {
        // Clients are made when they are needed.
    }

    public Task LostAsync() => Task.WhenAll(_slots.Values.Select(slot => slot.DropAsync()));

    /// <summary>The connection's client; a new one where there is none, or where its API credentials have changed.</summary>
    /// <exception cref="OwnedElsewhereException">Another process speaks with Telegram.</exception>
    public async Task<PooledClient> GetAsync(Connection connection, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(connection.Id, static _ => new ClientSlot());
        return await slot.GetAsync(connection, _factory, _ownership, cancellationToken);
    }

    /// <summary>Ends a connection's client, unless another than the one named has taken its place. The next call makes another.</summary>
    public Task DropAsync(long connectionId, PooledClient? client) =>
        _slots.TryGetValue(connectionId, out var slot) ? slot.DropAsync(client) : Task.CompletedTask;

    /// <summary>May come twice: the container knows it under two names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await Task.WhenAll(_slots.Values.Select(slot => slot.DisposeAsync().AsTask()));
        }
    }

    /// <summary>How many clients there are in each state; the states without any too, so that they are told as zero.</summary>
    private IEnumerable<KeyValuePair<string, int>> CountStates()
    {
        var (connected, connecting, away) = (0, 0, 0);
        foreach (var slot in _slots.Values)
        {
            switch (slot.State)
            {
                case TelegramClientState.Connected:
                    connected++;
                    break;
                case TelegramClientState.Created or TelegramClientState.Connecting:
                    connecting++;
                    break;
                case TelegramClientState.Waiting:
                    away++;
                    break;
            }
        }

        return [new("connected", connected), new("connecting", connecting), new("away", away)];
    }
}
