using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Connections to data centres the account does not live in, made when a file or statistics lie there. The account's authorization is
/// carried over once for each key. See <see href="https://core.telegram.org/api/datacenter#working-with-files"/>.
/// </summary>
internal sealed class SecondaryConnections(ConnectionContext context, Func<DataCenterConnection> home) : IConnectionEvents, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, DataCenterConnection> _connections = [];
    private readonly SemaphoreSlim _signingIn = new(1, 1);
    private Exception? _end;

    public async Task<TResult> CallAsync<TResult>(int dataCenter, ITlFunction<TResult> function, CancellationToken cancellationToken)
    {
        await SignInAsync(dataCenter, cancellationToken);
        try
        {
            return await Get(dataCenter).CallAsync(function, cancellationToken);
        }
        catch (SessionRevokedException error) when (error.Type == RpcErrorTypes.AuthKeyUnregistered)
        {
            // The copy was lost; the account's own authorization may be as good as ever.
            await context.Session.ChangeAsync(session => session.WithSignOut(dataCenter), cancellationToken);
            await SignInAsync(dataCenter, cancellationToken);
            return await Get(dataCenter).CallAsync(function, cancellationToken);
        }
    }

    /// <summary>Carries the authorization over, unless that was done.</summary>
    public async Task SignInAsync(int dataCenter, CancellationToken cancellationToken)
    {
        await _signingIn.WaitAsync(cancellationToken);
        try
        {
            if (context.Session.Current.KeyOf(dataCenter) is { SignedIn: true })
            {
                return;
            }

            var exported = await home().CallAsync(new AuthExportAuthorization { DcId = dataCenter }, cancellationToken);
            var import = new AuthImportAuthorization { Id = exported.Id, Bytes = exported.Bytes };
            if (await Get(dataCenter).CallAsync(import, cancellationToken) is not AuthAuthorization)
            {
                throw new TelegramConnectionException($"Data centre {dataCenter} did not take the authorization over.");
            }

            await context.Session.ChangeAsync(session => session.WithSignedInKey(dataCenter), cancellationToken);
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>Closes a connection that is to become the account's own.</summary>
    public async Task ReleaseAsync(int dataCenter)
    {
        DataCenterConnection? released;
        lock (_lock)
        {
            _connections.Remove(dataCenter, out released);
        }

        if (released is not null)
        {
            await released.DisposeAsync();
        }
    }

    public async Task EndAsync(Exception error)
    {
        foreach (var connection in Close(error))
        {
            await connection.EndAsync(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        DataCenterConnection[] connections;
        lock (_lock)
        {
            _end ??= new ObjectDisposedException(nameof(TelegramClient));
            connections = [.. _connections.Values];
            _connections.Clear();
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        _signingIn.Dispose();
    }

    void IRpcEvents.OnUpdate(ReadOnlySpan<byte> update)
    {
        // Updates come over the account's own connection.
    }

    void IRpcEvents.OnNewSession()
    {
        // Nothing is pushed here that could be missed.
    }

    void IRpcEvents.OnHeard()
    {
        // The account's state is that of its own connection.
    }

    void IConnectionEvents.OnState(DataCenterConnection connection, TelegramClientState state)
    {
        // Likewise.
    }

    async ValueTask IConnectionEvents.OnKeyLostAsync(DataCenterConnection connection) =>
        await context.Session.ForgetAsync(connection.DataCenterId, CancellationToken.None);

    private DataCenterConnection[] Close(Exception error)
    {
        lock (_lock)
        {
            _end ??= error;
            return [.. _connections.Values];
        }
    }

    private DataCenterConnection Get(int dataCenter)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                throw _end;
            }

            if (!_connections.TryGetValue(dataCenter, out var connection))
            {
                connection = new DataCenterConnection(dataCenter, context, this);
                _connections.Add(dataCenter, connection);
            }

            return connection;
        }
    }
}
