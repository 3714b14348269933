using Crm.Application.Ownership;
using Crm.Domain.Connections;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>The place of one connection's client; making and ending it exclude each other.</summary>
internal sealed class ClientSlot : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private TelegramClient? _client;
    private (int ApiId, string ApiHash) _credentials;

    public async Task<TelegramClient> GetAsync(
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

    public async Task DropAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await DisposeClientAsync();
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
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync();
        }
    }
}
