using Crm.Application.Concurrency;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain;
using Crm.Domain.Connections;
using Microsoft.Extensions.Logging;

namespace Crm.Application.Imports;

/// <summary>
/// The imports that run in this process, one of a dialog: who asks for it meanwhile shares it. They belong to nobody and go on when
/// their callers have left.
/// </summary>
internal sealed partial class ImportRunner(DialogImport import, ImportLimits limits, CrmMetrics metrics, ILogger<ImportRunner> logger) : IAsyncDisposable
{
    internal const int MaxOfAccount = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<(long ConnectionId, long DialogId), Run> _runs = [];
    private readonly HashSet<(long ConnectionId, long DialogId)> _held = [];
    private readonly KeyedLock<(long ConnectionId, long DialogId)> _holds = new();
    private CancellationTokenSource? _stopping = new();

    /// <summary>Brings in what is missing of a dialog as of now; whoever stops waiting leaves it running.</summary>
    public async Task<Result> ImportAsync(Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var run = Join(connection, peer, isCaller: true);
        return run.IsSuccess ? await run.Value.WaitAsync(cancellationToken) : run.Error;
    }

    /// <summary>Goes on with an import that nobody waits for; answers at once.</summary>
    public void Resume(Connection connection, DialogPeer peer) => _ = Join(connection, peer, isCaller: false);

    /// <summary>Begins an import, or shares one that runs, without waiting for it.</summary>
    public Result Start(Connection connection, DialogPeer peer)
    {
        var run = Join(connection, peer, isCaller: true);
        return run.IsSuccess ? Result.Success() : run.Error;
    }

    /// <summary>Stops a dialog's import after the page it stores, and lets none of it begin until <paramref name="record"/> is done.</summary>
    public async Task HoldAsync(long connectionId, long dialogId, Func<Task> record, CancellationToken cancellationToken)
    {
        var key = (connectionId, dialogId);
        using var turn = await _holds.AcquireAsync(key, cancellationToken);
        Task running;
        lock (_lock)
        {
            _held.Add(key);
            running = _runs.TryGetValue(key, out var run) ? run.HoldAsync() : Task.CompletedTask;
        }

        try
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await record();
        }
        finally
        {
            lock (_lock)
            {
                _held.Remove(key);
            }
        }
    }

    public bool IsRunning(long connectionId, long dialogId)
    {
        lock (_lock)
        {
            return _runs.ContainsKey((connectionId, dialogId));
        }
    }

    /// <summary>Imports may run again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _stopping ??= new CancellationTokenSource();
        }
    }

    /// <summary>Stops all of them, each after the page it stores, and lets none begin.</summary>
    public async Task CloseAsync()
    {
        CancellationTokenSource? stopping;
        Task[] running;
        lock (_lock)
        {
            (stopping, _stopping) = (_stopping, null);
            running = [.. _runs.Values.Select(run => run.Completion)];
        }

        if (stopping is not null)
        {
            await stopping.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private Result<Task<Result>> Join(Connection connection, DialogPeer peer, bool isCaller)
    {
        lock (_lock)
        {
            var key = (connection.Id, peer.DialogId);
            if (_runs.TryGetValue(key, out var running))
            {
                running.IsAsked |= isCaller;
                running.LookAgain |= isCaller;
                return Result.Success(running.Completion);
            }

            if (_stopping is not { } stopping)
            {
                return TelegramErrors.OwnedElsewhere;
            }

            if (_held.Contains(key))
            {
                return ImportErrors.Paused;
            }

            if (_runs.Values.Count(run => run.AccountId == connection.AccountId) >= MaxOfAccount)
            {
                return ImportErrors.TooMany;
            }

            var run = new Run(connection.AccountId, stopping.Token) { IsAsked = isCaller };
            _runs[key] = run;
            run.Completion = RunAsync(run, connection, peer, run.Stopping);
            return Result.Success(run.Completion);
        }
    }

    private async Task<Result> RunAsync(Run run, Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        CrmActivities.LeaveTrace();
        metrics.ImportBegan();
        try
        {
            using var place = await limits.EnterAsync(connection.AccountId, cancellationToken);
            while (true)
            {
                var outcome = await import.RunAsync(connection, peer, IsAsked(run), () => Looking(run), cancellationToken);
                if (!outcome.IsSuccess)
                {
                    LogStopped(connection.Id, peer.DialogId, outcome.Error.Code);
                }

                if (!outcome.IsSuccess || TryLeave(run, connection.Id, peer.DialogId))
                {
                    return outcome;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return run.IsHeld ? ImportErrors.Paused : TelegramErrors.OwnedElsewhere;
        }
        catch (Exception exception)
        {
            // Maybe nobody waits for it; the supervisor goes on with it later.
            LogBroken(exception, connection.Id, peer.DialogId);
            throw;
        }
        finally
        {
            metrics.ImportEnded();
            Leave(run, connection.Id, peer.DialogId);
            await run.DisposeAsync();
        }
    }

    private bool IsAsked(Run run)
    {
        lock (_lock)
        {
            return run.IsAsked;
        }
    }

    private void Looking(Run run)
    {
        lock (_lock)
        {
            run.LookAgain = false;
        }
    }

    /// <summary>False when somebody has come who asks for what is newer than what was looked at.</summary>
    private bool TryLeave(Run run, long connectionId, long dialogId)
    {
        lock (_lock)
        {
            return !run.LookAgain && _runs.Remove((connectionId, dialogId));
        }
    }

    private void Leave(Run run, long connectionId, long dialogId)
    {
        lock (_lock)
        {
            if (_runs.GetValueOrDefault((connectionId, dialogId)) == run)
            {
                _runs.Remove((connectionId, dialogId));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The import of dialog {DialogId} of connection {ConnectionId} came to a stop: {Reason}")]
    private partial void LogStopped(long connectionId, long dialogId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The import of dialog {DialogId} of connection {ConnectionId} broke off")]
    private partial void LogBroken(Exception exception, long connectionId, long dialogId);

    private sealed class Run(long accountId, CancellationToken stopping) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private Task _ending = Task.CompletedTask;

        public long AccountId => accountId;

        public CancellationToken Stopping => _end.Token;

        public bool IsHeld { get; private set; }

        /// <summary>Somebody asked for it; otherwise it was found unfinished.</summary>
        public bool IsAsked { get; set; }

        /// <summary>Somebody joined after the newest messages were looked at.</summary>
        public bool LookAgain { get; set; }

        public Task<Result> Completion { get; set; } = null!;

        /// <summary>Ends it, under the lock: as long as it is among the runs it isn't disposed of.</summary>
        public Task<Result> HoldAsync()
        {
            IsHeld = true;
            _ending = _end.CancelAsync();
            return Completion;
        }

        public async ValueTask DisposeAsync()
        {
            await _ending;
            _end.Dispose();
        }
    }
}
