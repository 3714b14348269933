using Crm.Application.Limits;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telemetry;
using Crm.Infrastructure.Telegram.Clients;
using Microsoft.Extensions.Logging;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>
/// Keeps one connection's new messages for as long as it listens, whatever happens to Telegram or the database meanwhile:
/// it always goes on from the position that was committed with the last messages.
/// </summary>
internal sealed partial class Listener(
    long connectionId, ClientPool clients, UpdatePump pump, Reconciler reconciler, IConnectionStore connections, ISessionMonitor monitor, FloodBudget budget,
    TimeProvider time, ILogger<Listener> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private volatile PooledClient? _pooled;
    private volatile bool _isPumping;

    /// <summary>Whether Telegram answers, and what it tells is being stored.</summary>
    public bool IsLive => _isPumping && _pooled?.Client.State is TelegramClientState.Connected;

    /// <summary>Begins, and returns at once.</summary>
    /// <param name="owner">Told when it ends by itself, before anybody else is.</param>
    /// <param name="cancellationToken">Stops it from outside.</param>
    public void Start(Listeners owner, CancellationToken cancellationToken) => _running = RunAsync(owner, cancellationToken);

    /// <summary>Stops, and waits until what was being committed is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(Listeners owner, CancellationToken outside)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, outside);
        await Task.Yield();
        CrmActivities.LeaveTrace();
        for (var pause = FirstPause; !linked.IsCancellationRequested; pause = Min(pause * 2, LongestPause))
        {
            var began = time.GetTimestamp();
            try
            {
                if (!await ListenAsync(linked.Token))
                {
                    await EndAsync(owner, linked.Token);
                    return;
                }

                pause = FirstPause;
            }
            catch (OperationCanceledException) when (linked.IsCancellationRequested)
            {
                return;
            }
            catch (SessionRevokedException) when (_pooled is not null)
            {
                owner.Forget(connectionId);
                await EndSessionAsync(_pooled, linked.Token);
                return;
            }
            catch (Exception e) when (TelegramErrorMap.IsExpected(e) || e is StorageUnavailableException or ObjectDisposedException)
            {
                LogInterrupted(e, connectionId, pause);
            }
            catch (Exception e)
            {
                // A bug must not silence a connection for good: it is reported, and listening begins anew from the committed position.
                LogBroken(e, connectionId);
            }

            pause = time.GetElapsedTime(began) > LongestPause ? FirstPause : pause;
            await PauseAsync(pause, linked.Token);
        }
    }

    // Somebody may have asked to listen again between our last look and our end, and have found us still there.
    private async Task EndAsync(Listeners owner, CancellationToken cancellationToken)
    {
        owner.Forget(connectionId);
        try
        {
            if (await connections.FindAsync(connectionId, cancellationToken) is not { IsListening: true })
            {
                return;
            }
        }
        catch (StorageUnavailableException e)
        {
            // The next one looks itself.
            LogInterrupted(e, connectionId, FirstPause);
        }

        owner.Start(connectionId);
    }

    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        if (await connections.FindAsync(connectionId, cancellationToken) is not { IsListening: true } connection)
        {
            return false;
        }

        _pooled = await clients.GetAsync(connection, cancellationToken);
        var caller = new TelegramCaller(_pooled.Client, connectionId, budget, TelegramCaller.Endless, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reconciling = reconciler.RunAsync(connection, caller, ending.Token);
        try
        {
            _isPumping = true;
            await pump.RunAsync(connection, _pooled.Client, cancellationToken);
        }
        finally
        {
            _isPumping = false;
            await ending.CancelAsync();
            await reconciling;
        }

        return true;
    }

    private async Task EndSessionAsync(PooledClient ended, CancellationToken cancellationToken)
    {
        await clients.DropAsync(connectionId, ended);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await monitor.SessionEndedAsync(connectionId, ended.SessionNumber, cancellationToken);
                return;
            }
            catch (StorageUnavailableException e)
            {
                LogInterrupted(e, connectionId, FirstPause);
                await PauseAsync(FirstPause, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening to connection {ConnectionId} was interrupted; it goes on in {Pause}.")]
    private partial void LogInterrupted(Exception exception, long connectionId, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Listening to connection {ConnectionId} broke off; it begins anew.")]
    private partial void LogBroken(Exception exception, long connectionId);
}
