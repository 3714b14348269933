using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// Keeps one data centre connected: connects, makes a key where there is none, carries calls, and comes back after whatever ends the
/// connection, each time after a longer wait. Calls live on meanwhile.
/// </summary>
internal sealed class DataCenterConnection : IAsyncDisposable
{
    private readonly ConnectionContext _context;
    private readonly IConnectionEvents _events;
    private readonly LinkOpener _opener;
    private readonly ReconnectDelay _delay;
    private readonly ConnectionGate _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task? _running;

    public DataCenterConnection(int dataCenterId, ConnectionContext context, IConnectionEvents events)
    {
        DataCenterId = dataCenterId;
        _context = context;
        _events = events;
        var options = context.Options;
        Channel = new RpcChannel(options, new Relay(this));
        _opener = new LinkOpener(dataCenterId, context, Channel);
        _delay = new ReconnectDelay(options.MinReconnectDelay, options.MaxReconnectDelay, options.Random);
    }

    public int DataCenterId { get; }

    public RpcChannel Channel { get; }

    /// <summary>Begins to connect; does nothing when it has begun.</summary>
    public void Start()
    {
        lock (_starting)
        {
            _running ??= _stopping.IsCancellationRequested ? Task.CompletedTask : RunAsync();
        }
    }

    /// <summary>Waits until the server answers, or the present round of tries has failed. A round that is not due yet is begun.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // In this order: a try that failed before anybody waited for it would be made twice.
        var connected = _gate.WaitAsync(cancellationToken);
        Start();
        await connected;
    }

    public async Task<TResult> CallAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Start();
        var call = new RpcCall<TResult>(function);
        Channel.Add(call);
        await using var cancelling = cancellationToken.Register(() =>
        {
            call.Cancel(cancellationToken);
            Channel.Remove(call);
        });
        return await call.Task;
    }

    /// <summary>Ends every call with this error, and the connection with them.</summary>
    public async Task EndAsync(Exception error)
    {
        Channel.End(error);
        _gate.Fail(error);
        await _stopping.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(new ObjectDisposedException(nameof(TelegramClient)));
        Task? running;
        lock (_starting)
        {
            running = _running ??= Task.CompletedTask;
        }

        await running;
        Channel.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        // Whoever starts it goes on at once, and so does a lock they hold.
        await BackgroundWork.BeginAsync();
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                await ConnectOnceAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
        catch (Exception unexpected)
        {
            // A loop that dies silently would leave calls waiting for ever.
            ClientLog.ConnectionFailed(_context.Options.Logger, DataCenterId, unexpected);
            var error = new TelegramConnectionException("The connection failed in an unexpected way.", unexpected);
            Channel.End(error);
            _gate.Fail(error);
        }
    }

    private async Task ConnectOnceAsync(CancellationToken cancellationToken)
    {
        _events.OnState(this, TelegramClientState.Connecting);
        var (end, error) = await CarryAsync(cancellationToken);
        if (Channel.IsHeard)
        {
            _delay.Reset();
        }

        if (end == LinkEnd.KeyUnknown)
        {
            await DropKeyAsync(cancellationToken);
        }

        var delay = end == LinkEnd.Flooded ? _context.Options.MaxReconnectDelay : _delay.Next();
        var reason = error?.Message ?? end.ToString();
        ClientLog.Reconnecting(_context.Options.Logger, DataCenterId, reason, delay);
        _gate.Lose(error ?? new TelegramConnectionException($"The connection to Telegram ended: {end}."));
        _events.OnState(this, TelegramClientState.Waiting);
        await _gate.DelayAsync(delay, _context.Options.TimeProvider, cancellationToken);
    }

    private async Task<(LinkEnd End, Exception? Error)> CarryAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var link = await _opener.OpenAsync(cancellationToken);
            Channel.Connected();
            var end = await new LinkPump(link, Channel, _context.Options.TimeProvider, _context.Options.Logger).RunAsync(cancellationToken);
            if (Channel.IsHeard)
            {
                _context.Addresses.Confirm(link.Address);
            }

            return (end, null);
        }
        catch (LinkException error)
        {
            return (error.End, error);
        }
        catch (TelegramConnectionException error)
        {
            return (LinkEnd.Closed, error);
        }
    }

    private async ValueTask DropKeyAsync(CancellationToken cancellationToken)
    {
        if (_context.Session.Current.KeyOf(DataCenterId) is { SignedIn: true })
        {
            await _events.OnKeyLostAsync(this);
            return;
        }

        // Not stored at once: the key made in its place is.
        await _context.Session.ForgetAsync(DataCenterId, cancellationToken);
    }

    /// <summary>Passes the channel's news on, and notices the first answer.</summary>
    private sealed class Relay(DataCenterConnection owner) : IRpcEvents
    {
        public void OnUpdate(ReadOnlySpan<byte> update) => owner._events.OnUpdate(update);

        public void OnNewSession() => owner._events.OnNewSession();

        public void OnStateChanged() => owner._events.OnStateChanged(owner);

        public void OnHeard()
        {
            owner._events.OnState(owner, TelegramClientState.Connected);
            owner._events.OnHeard();

            // Last: who waited for the connection finds it told.
            owner._gate.Open();
        }
    }
}
