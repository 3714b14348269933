using System.Collections.Concurrent;
using Crm.Application.Ownership;
using Crm.Domain.Connections;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>The clients of this process, one a connection: two with the same key would end the session.</summary>
internal sealed class ClientPool(ClientFactory factory, ITelegramOwnership ownership) : IOwnershipObserver, IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, ClientSlot> _slots = new();
    private int _isDisposed;

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
        return await slot.GetAsync(connection, factory, ownership, cancellationToken);
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
}
