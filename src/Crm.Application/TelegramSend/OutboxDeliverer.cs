using System.Collections.Concurrent;
using Crm.Application.Concurrency;
using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.TelegramSend;

/// <summary>
/// Delivers what is queued: after a start of the process, and whenever Telegram can be reached again. Connections don't wait for
/// one another; one connection's dialogs are served in turn, and a dialog's sends in their order.
/// </summary>
internal sealed partial class OutboxDeliverer(
    ISendStore sends, IConnectionStore connections, PeerFinder peers, Outbox outbox, Locks locks, ReachedConnections reached,
    ITelegramOwnership ownership, TimeProvider time,
    ILogger<OutboxDeliverer> logger) : BackgroundService, IOwnershipObserver
{
    private const int DialogsPerRound = 1024;

    /// <summary>Another process on the same database may have queued something; it can't wake us.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>Until what somebody is about to send is looked at again, in case they left it queued.</summary>
    private static readonly TimeSpan AfterOthers = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Task> _active = new();
    private readonly ConcurrentDictionary<long, bool> _reached = new();
    private readonly Signal _wake = new(time);

    /// <summary>Something was queued, or can be delivered now.</summary>
    public void Wake() => _wake.Set();

    public void Gained() => Wake();

    /// <summary>What is being tried ends by itself: without its connection to Telegram it is put off.</summary>
    public Task LostAsync() => Task.WhenAll(_active.Values);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        reached.Listen(HastenSoon);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _wake.WaitAsync(await RunRoundAsync(stoppingToken), stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(_active.Values);
        }
    }

    /// <summary>Sets to work on every connection that has something due; answers when to look again unless something happens before.</summary>
    private async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!ownership.IsHeld)
        {
            return Timeout.InfiniteTimeSpan;
        }

        try
        {
            await HastenReachedAsync(cancellationToken);
            var due = await sends.ListDueAsync(time.GetUtcNow(), DialogsPerRound, cancellationToken);

            // What is being worked on wakes this loop when it is done.
            var idle = due.Where(send => !_active.ContainsKey(send.ConnectionId)).ToList();
            var free = idle.Where(send => !locks.Sends.IsWanted((send.ConnectionId, send.DialogId))).ToList();
            foreach (var heads in free.GroupBy(send => send.ConnectionId))
            {
                Start(heads.Key, [.. heads], cancellationToken);
            }

            if (free.Count < idle.Count)
            {
                return AfterOthers;
            }

            var next = await sends.FindNextDueAsync(cancellationToken) - time.GetUtcNow();
            return next is not { } left ? LongestSleep : left > TimeSpan.Zero ? Shorter(left, LongestSleep) : AfterTrouble;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever goes wrong in a round, the next must come: a loop that ends ends the server.
            LogPutOff(exception);
            return AfterTrouble;
        }
    }

    /// <summary>Telegram answers again: what was put off until then is due now.</summary>
    private void HastenSoon(long connectionId)
    {
        _reached[connectionId] = true;
        Wake();
    }

    /// <summary>An attempt under way may still put its send off; its connection's turn comes when it has ended, which wakes this loop.</summary>
    private async Task HastenReachedAsync(CancellationToken cancellationToken)
    {
        foreach (var connectionId in _reached.Keys.Where(id => !_active.ContainsKey(id)))
        {
            if (_reached.TryRemove(connectionId, out _))
            {
                await HastenAsync(connectionId, cancellationToken);
            }
        }
    }

    private async Task HastenAsync(long connectionId, CancellationToken cancellationToken)
    {
        try
        {
            await sends.HastenAsync(connectionId, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            _reached[connectionId] = true;
            throw;
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Start(long connectionId, List<Send> heads, CancellationToken cancellationToken)
    {
        // Only the loop adds, so the task can't have ended and removed itself before it is there.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _active[connectionId] = DeliverAllAsync(connectionId, heads, begin.Task, cancellationToken);
        begin.SetResult();
    }

    private async Task DeliverAllAsync(long connectionId, List<Send> heads, Task begin, CancellationToken cancellationToken)
    {
        await begin;
        var done = true;
        foreach (var head in heads)
        {
            done &= !cancellationToken.IsCancellationRequested && await TryDeliverAsync(head, cancellationToken);
        }

        _active.TryRemove(connectionId, out _);
        if (done)
        {
            _wake.Set();
        }
    }

    private async Task<bool> TryDeliverAsync(Send head, CancellationToken cancellationToken)
    {
        try
        {
            await DeliverAsync(head, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Whatever goes wrong with one dialog's send, the others' must go on.
            LogFault(head.Id, exception);
            return false;
        }
    }

    private async Task DeliverAsync(Send head, CancellationToken cancellationToken)
    {
        using var activity = CrmActivities.StartRoot("outbox deliver");
        using var turn = await locks.Sends.AcquireAsync((head.ConnectionId, head.DialogId), cancellationToken);
        var send = await sends.FindFirstQueuedAsync(head.ConnectionId, head.DialogId, cancellationToken);
        if (send is null || send.Id != head.Id)
        {
            return;
        }

        var connection = await connections.FindAsync(send.ConnectionId, cancellationToken);
        if (connection is not { Status: ConnectionStatus.Authorized })
        {
            await outbox.RecordAsync(send, TelegramErrors.NotAuthorized, isPromised: true, cancellationToken);
            return;
        }

        var peer = await peers.FindAsync(connection, send.DialogId, cancellationToken);
        if (peer.IsSuccess)
        {
            await outbox.AttemptAsync(send, connection, peer.Value, isPromised: true, cancellationToken);
        }
        else
        {
            await outbox.RecordAsync(send, peer.Error, isPromised: true, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Send {SendId} could not be tried; trying again")]
    private partial void LogFault(long sendId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is queued could not be looked at; trying again")]
    private partial void LogPutOff(Exception exception);
}
