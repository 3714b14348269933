using System.Collections.Concurrent;
using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.TelegramHandler;

/// <summary>
/// Sees to it that every connection that shall listen does: after a start of the process without being asked, and again and
/// again while Telegram can't be reached.
/// </summary>
internal sealed partial class ListeningSupervisor(
    IConnectionStore connections, ITelegramGateway gateway, ISessionMonitor monitor, Locks locks, ITelegramOwnership ownership,
    TimeProvider time, ILogger<ListeningSupervisor> logger) : BackgroundService, IOwnershipObserver
{
    private const int StartsAtOnce = 16;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, bool> _running = new();
    private readonly Signal _wake = new(time);

    /// <summary>Begins to listen at once if it can; whatever comes of that, the supervisor goes on trying.</summary>
    public async Task<Result> ListenAsync(long connectionId)
    {
        _running.TryRemove(connectionId, out _);
        var started = await StartAsync(connectionId, CancellationToken.None);
        if (!started.IsSuccess)
        {
            _wake.Set();
        }

        return started;
    }

    /// <summary>A connection that listened is signed in again.</summary>
    public void Resume(long connectionId)
    {
        _running.TryRemove(connectionId, out _);
        _wake.Set();
    }

    public async Task SilenceAsync(long connectionId, CancellationToken cancellationToken)
    {
        using var turn = await locks.Listening.AcquireAsync(connectionId, cancellationToken);
        _running.TryRemove(connectionId, out _);
        await gateway.StopListeningAsync(connectionId, cancellationToken);
    }

    public void Gained() => _wake.Set();

    public async Task LostAsync()
    {
        foreach (var connectionId in _running.Keys)
        {
            await SilenceAsync(connectionId, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            var allRun = await StartMissingAsync(stoppingToken);
            await _wake.WaitAsync(allRun ? Timeout.InfiniteTimeSpan : retry, stoppingToken);
            retry = allRun ? FirstRetry : TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, LastRetry.Ticks));
        }
    }

    private async Task<bool> StartMissingAsync(CancellationToken cancellationToken)
    {
        if (!ownership.IsHeld)
        {
            return true;
        }

        try
        {
            var listening = await connections.ListListeningAsync(cancellationToken);
            var missing = listening.Where(connection => !_running.ContainsKey(connection.Id));
            var failed = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(missing, options, async (connection, token) =>
            {
                var started = await StartAsync(connection.Id, token);
                if (!started.IsSuccess && !TelegramErrors.EndsSession(started.Error))
                {
                    Interlocked.Increment(ref failed);
                }
            });
            return failed == 0;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPutOff(exception);
            return false;
        }
    }

    private async Task<Result> StartAsync(long connectionId, CancellationToken cancellationToken)
    {
        using var turn = await locks.Listening.AcquireAsync(connectionId, cancellationToken);
        try
        {
            var connection = await connections.FindAsync(connectionId, cancellationToken);
            return connection is { IsListening: true, Status: ConnectionStatus.Authorized }
                ? await StartAsync(connection, cancellationToken)
                : Result.Success();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever goes wrong for one account, the others must go on listening.
            LogFault(connectionId, exception);
            return TelegramErrors.Failed;
        }
    }

    private async Task<Result> StartAsync(Connection connection, CancellationToken cancellationToken)
    {
        var started = await gateway.StartListeningAsync(connection, cancellationToken);
        if (started.IsSuccess)
        {
            _running[connection.Id] = true;
        }
        else if (TelegramErrors.EndsSession(started.Error))
        {
            await monitor.SessionEndedAsync(connection.Id, connection.SessionNumber, cancellationToken);
        }
        else
        {
            LogNotStarted(connection.Id, started.Error.Code);
        }

        return started;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {ConnectionId} can't listen yet: {Reason}")]
    private partial void LogNotStarted(long connectionId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Connection {ConnectionId} failed to begin listening; trying again")]
    private partial void LogFault(long connectionId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which connections listen could not be looked at; trying again")]
    private partial void LogPutOff(Exception exception);
}
