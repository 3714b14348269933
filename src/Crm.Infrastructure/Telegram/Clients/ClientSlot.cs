using Crm.Application.Ownership;
using Crm.Domain.Connections;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>The place of one connection's client; making and ending it exclude each other.</summary>
internal sealed class ClientSlot : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile PooledClient? _client;
    private (int ApiId, string ApiHash) _credentials;

    /// <summary>How its client stands with Telegram; null where there is none.</summary>
    public TelegramClientState? State => _client?.Client.State;

    public async Task<PooledClient> GetAsync(
        Connection connection, ClientFactory factory, ITelegramOwnership ownership, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Behind the gate: whoever takes the ownership away passes it afterwards and finds what was made.
            if (!ownership.IsHeld)
            {
                throw new OwnedElsewhereException();
            }

            var credentials = (connection.ApiId, connection.ApiHash);
            if (_client is not null && _credentials == credentials)
            {
                return _client;
            }

            await DisposeClientAsync();
            _client = await factory.CreateAsync(connection, cancellationToken);
            _credentials = credentials;
            return _client;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the client, or only the one that is named.</summary>
    public async Task DropAsync(PooledClient? only = null)
    {
        await _gate.WaitAsync();
        try
        {
            if (only is null || ReferenceEquals(only, _client))
            {
                await DisposeClientAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _gate.Dispose();
    }

    private async Task DisposeClientAsync()
    {
        if (_client is { Client: var client })
        {
            _client = null;
            await client.DisposeAsync();
        }
    }
}
