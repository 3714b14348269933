using System.Threading.Channels;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Ties together an account's calls, its session and its updates, and decides when all is over.</summary>
internal sealed class ClientCore : IConnectionEvents, IUpdateSource, IAsyncDisposable
{
    private const int ChannelDifferenceLimit = 100;

    private readonly TelegramClientOptions _options;
    private readonly SessionKeeper _session;
    private readonly AccountRpc _rpc;
    private readonly ConfigRefresher _config;
    private readonly StateKeeper _state;
    private readonly StateSaver _saver;
    private readonly Lock _lock = new();
    private UpdateLoop? _updates;
    private int _isDisposed;

    public ClientCore(TelegramClientOptions options, TelegramSession session, IConnector connector)
    {
        _options = options;
        _session = new SessionKeeper(session, options.SaveSession);
        var addresses = new AddressBook(options.DataCenters, options.IsObfuscated);
        _rpc = new AccountRpc(new ConnectionContext(options, addresses, _session, connector), this);
        _config = new ConfigRefresher(_rpc, addresses, options);
        _state = new StateKeeper(options.StateChanged);
        _saver = new StateSaver(_session, options);
    }

    public TelegramSession Session => _session.Current;

    public TelegramClientState State => _state.Current;

    public SessionRevokedException? EndedBy { get; private set; }

    long? IUpdateSource.UserId => Session.UserId;

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        ThrowIfOver();
        return _rpc.Main.ConnectAsync(cancellationToken);
    }

    public async Task<TResult> InvokeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        ThrowIfOver();
        var result = await InTimeAsync(function, cancellationToken);
        if (Session.UserId is { } self && Updates is { } updates && AnswerNews.Of(function, result, self) is { } news)
        {
            updates.Post(news);
        }

        return result;
    }

    public async Task SignedInAsync(User user, CancellationToken cancellationToken)
    {
        if (Session.UserId != user.Id)
        {
            var (dataCenter, state) = (_rpc.Main.DataCenterId, _rpc.Main.Channel.ExportState());
            await _session.ChangeAsync(
                session => (state is null ? session : session.WithState(dataCenter, state)).WithSignIn(dataCenter, user.Id), cancellationToken);
        }

        Updates?.PostResync();
    }

    public async Task LogOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InvokeAsync(new AuthLogOut(), cancellationToken);
        }
        catch (RpcException error) when (error is NotSignedInException or SessionRevokedException)
        {
            // Then it is done.
        }

        await StopUpdatesAsync();
        await _session.ChangeAsync(session => session.WithoutUser(), cancellationToken);
    }

    public ChannelReader<UpdateBatch> StartUpdates(UpdatePosition? from, IEnumerable<ChannelPosition> channels)
    {
        ThrowIfOver();
        lock (_lock)
        {
            if (_updates is not null)
            {
                throw new InvalidOperationException("The updates flow already.");
            }

            _updates = new UpdateLoop(this, from, channels, _options);
            return _updates.Reader;
        }
    }

    public async Task StopUpdatesAsync()
    {
        UpdateLoop? updates;
        lock (_lock)
        {
            updates = _updates;
            _updates = null;
        }

        if (updates is not null)
        {
            await updates.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await StopUpdatesAsync();
        await _config.DisposeAsync();
        await _saver.DisposeAsync();
        await _rpc.DisposeAsync();
        _state.Set(TelegramClientState.Disposed);
        _session.Dispose();
    }

    async Task<ITlObject> IUpdateSource.AskAsync(UpdateRequest request, CancellationToken cancellationToken) => request switch
    {
        UpdateRequest.State => await InTimeAsync(new UpdatesGetState(), cancellationToken),
        UpdateRequest.Difference { From: var from } => await InTimeAsync(
            new UpdatesGetDifference { Pts = from.Pts, Qts = from.Qts, Date = from.Date }, cancellationToken),
        UpdateRequest.ChannelDifference { From: var from } => await InTimeAsync(
            new UpdatesGetChannelDifference
            {
                Channel = new InputChannel { ChannelId = from.ChannelId, AccessHash = from.AccessHash },
                Filter = new ChannelMessagesFilterEmpty(),
                Pts = from.Pts,
                Limit = ChannelDifferenceLimit,
            },
            cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    void IRpcEvents.OnUpdate(ReadOnlySpan<byte> update)
    {
        if (Updates is not { } updates)
        {
            // Nobody listens: not even decoded.
            if (ConfigNews.IsIn(update))
            {
                _config.RefreshSoon();
            }

            return;
        }

        try
        {
            var reader = new TlReader(update);
            var pushed = IUpdates.Read(ref reader);
            updates.Post(new UpdateNews.Pushed(pushed));
            if (ConfigNews.IsIn(pushed))
            {
                _config.RefreshSoon();
            }
        }
        catch (TlException error)
        {
            ClientLog.UpdateUnreadable(_options.Logger, error.Message);
            updates.PostResync();
        }
    }

    void IRpcEvents.OnNewSession() => Updates?.PostResync();

    void IRpcEvents.OnHeard()
    {
        Updates?.PostResync();
        _config.RefreshIfDue();
    }

    void IConnectionEvents.OnState(DataCenterConnection connection, TelegramClientState state)
    {
        if (connection == _rpc.Main)
        {
            _state.Set(state);
        }
    }

    void IConnectionEvents.OnStateChanged(DataCenterConnection connection)
    {
        if (connection == _rpc.Main)
        {
            _saver.Changed(connection);
        }
    }

    async ValueTask IConnectionEvents.OnKeyLostAsync(DataCenterConnection connection) =>
        await EndAsync(new SessionRevokedException(401, RpcErrorTypes.AuthKeyUnregistered));

    private UpdateLoop? Updates => Volatile.Read(ref _updates);

    private async Task<TResult> InTimeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await _rpc.InvokeAsync(function, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TelegramTimeoutException(_options.RequestTimeout);
        }
        catch (OperationCanceledException error) when (error.CancellationToken == either.Token)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (SessionRevokedException error) when (EndedBy is null)
        {
            if (Session.IsSignedIn)
            {
                await EndAsync(error);
                throw;
            }

            if (error.Code == 401 && error.Type is RpcErrorTypes.AuthKeyUnregistered or "SESSION_REVOKED" or "SESSION_EXPIRED")
            {
                throw new NotSignedInException(error.Code, error.Type);
            }

            throw;
        }
    }

    /// <summary>Telegram ended the session: nothing of it is of use any more, and everybody who waits is to know.</summary>
    private async Task EndAsync(SessionRevokedException error)
    {
        lock (_lock)
        {
            if (EndedBy is not null)
            {
                return;
            }

            EndedBy = error;
        }

        ClientLog.SessionEnded(_options.Logger, error.Type);
        _state.Set(TelegramClientState.Ended);
        Updates?.Post(new UpdateNews.Ended(error));
        await _rpc.EndAsync(error);
        await _session.ChangeAsync(session => session.Ended(), CancellationToken.None);
    }

    private void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, typeof(TelegramClient));
        if (EndedBy is { } error)
        {
            throw error;
        }
    }
}
