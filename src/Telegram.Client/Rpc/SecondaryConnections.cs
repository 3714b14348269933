using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Connections to data centres the account does not live in, made when a file or statistics lie there. The account's authorization is
/// carried over once for each key. See <see href="https://core.telegram.org/api/datacenter#working-with-files"/>.
/// </summary>
internal sealed class SecondaryConnections : IConnectionEvents, IAsyncDisposable
{
    private readonly ConnectionContext _context;
    private readonly Func<DataCenterConnection> _home;
    private readonly SecondaryPool _pool;
    private readonly SemaphoreSlim _signingIn = new(1, 1);

    public SecondaryConnections(ConnectionContext context, Func<DataCenterConnection> home)
    {
        _context = context;
        _home = home;
        _pool = new SecondaryPool(dataCenter => new DataCenterConnection(dataCenter, context, this), context.Options);
    }

    public async Task<TResult> CallAsync<TResult>(int dataCenter, ITlFunction<TResult> function, CancellationToken cancellationToken)
    {
        await SignInAsync(dataCenter, cancellationToken);
        try
        {
            return await AskAsync(dataCenter, function, cancellationToken);
        }
        catch (SessionRevokedException error) when (error.Type == RpcErrorTypes.AuthKeyUnregistered)
        {
            // The copy was lost; the account's own authorization may be as good as ever.
            await _context.Session.ChangeAsync(session => session.WithSignOut(dataCenter), cancellationToken);
            await SignInAsync(dataCenter, cancellationToken);
            return await AskAsync(dataCenter, function, cancellationToken);
        }
    }

    /// <summary>Carries the authorization over, unless that was done.</summary>
    public async Task SignInAsync(int dataCenter, CancellationToken cancellationToken)
    {
        await _signingIn.WaitAsync(cancellationToken);
        try
        {
            if (_context.Session.Current.KeyOf(dataCenter) is { SignedIn: true })
            {
                return;
            }

            var exported = await _home().CallAsync(new AuthExportAuthorization { DcId = dataCenter }, cancellationToken);
            var import = new AuthImportAuthorization { Id = exported.Id, Bytes = exported.Bytes };
            if (await AskAsync(dataCenter, import, cancellationToken) is not AuthAuthorization)
            {
                throw new TelegramConnectionException($"Data centre {dataCenter} did not take the authorization over.");
            }

            await _context.Session.ChangeAsync(session => session.WithSignedInKey(dataCenter), cancellationToken);
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>Closes a connection that is to become the account's own.</summary>
    public Task ReleaseAsync(int dataCenter) => _pool.ReleaseAsync(dataCenter);

    public Task EndAsync(Exception error) => _pool.EndAsync(error);

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
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
        await _context.Session.ForgetAsync(connection.DataCenterId, CancellationToken.None);

    private Task<TResult> AskAsync<TResult>(int dataCenter, ITlFunction<TResult> function, CancellationToken cancellationToken) =>
        _pool.UseAsync(dataCenter, connection => connection.CallAsync(function, cancellationToken));
}
