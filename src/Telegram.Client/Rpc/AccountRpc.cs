using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// Makes an account's calls where they belong: in its own data centre, in the one it turns out to live in, or in the one that holds a
/// file or statistics. See <see href="https://core.telegram.org/api/datacenter"/>.
/// </summary>
internal sealed class AccountRpc : IRpcInvoker, IAsyncDisposable
{
    private const int MaxMoves = 4;
    private const int MaxServerErrors = 2;
    private static readonly TimeSpan ServerErrorDelay = TimeSpan.FromSeconds(1);

    private readonly ConnectionContext _context;
    private readonly IConnectionEvents _events;
    private readonly SecondaryConnections _others;
    private readonly SemaphoreSlim _moving = new(1, 1);
    private DataCenterConnection _main;
    private Exception? _end;

    public AccountRpc(ConnectionContext context, IConnectionEvents events)
    {
        _context = context;
        _events = events;
        _main = new DataCenterConnection(context.Session.Current.DataCenterId, context, events);
        _others = new SecondaryConnections(context, () => Main);
    }

    public DataCenterConnection Main => Volatile.Read(ref _main);

    public async Task<TResult> InvokeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken = default)
    {
        var moves = 0;
        var serverErrors = 0;
        while (true)
        {
            var main = Main;
            try
            {
                return await main.CallAsync(function, cancellationToken);
            }
            catch (MigrateException move) when (moves++ < MaxMoves && _context.Addresses.Contains(move.DataCenterId))
            {
                if (!move.IsForAccount)
                {
                    return await _others.CallAsync(move.DataCenterId, function, cancellationToken);
                }

                await MoveAsync(main, move.DataCenterId, cancellationToken);
            }
            catch (RpcException error) when (IsPassing(error) && serverErrors < MaxServerErrors && ReadingCalls.Contains(function))
            {
                await Task.Delay(ServerErrorDelay * (1 << serverErrors++), _context.Options.TimeProvider, cancellationToken);
            }
            catch (ObjectDisposedException) when (main != Main)
            {
                // The account moved while this call waited for its answer from a data centre that has no say over it.
            }
        }
    }

    /// <summary>Ends everything with this error.</summary>
    public async Task EndAsync(Exception error)
    {
        Interlocked.CompareExchange(ref _end, error, null);
        await _others.EndAsync(error);
        await Main.EndAsync(error);
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.CompareExchange(ref _end, new ObjectDisposedException(nameof(TelegramClient)), null);
        await _others.DisposeAsync();
        await Main.DisposeAsync();
        _moving.Dispose();
    }

    private static bool IsPassing(RpcException error) => error.Code == 500 || error.Code < 0;

    private async Task MoveAsync(DataCenterConnection from, int dataCenter, CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken);
        try
        {
            if (from != Main || from.DataCenterId == dataCenter)
            {
                return; // Another call has moved the account already.
            }

            ClientLog.Migrating(_context.Options.Logger, dataCenter);
            var session = _context.Session.Current;
            if (session.IsSignedIn && session.KeyOf(dataCenter) is not { SignedIn: true })
            {
                await _others.SignInAsync(dataCenter, cancellationToken);
            }

            await _others.ReleaseAsync(dataCenter);
            await _context.Session.ChangeAsync(session => session.WithDataCenter(dataCenter), cancellationToken);
            var main = new DataCenterConnection(dataCenter, _context, _events);
            Volatile.Write(ref _main, main);
            if (Volatile.Read(ref _end) is { } end)
            {
                await main.EndAsync(end); // All ended while the account was moving.
            }
        }
        finally
        {
            _moving.Release();
        }

        await from.DisposeAsync();
    }
}
