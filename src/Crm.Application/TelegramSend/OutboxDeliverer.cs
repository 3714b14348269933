using Crm.Application.Concurrency;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Application.TelegramSend;

/// <summary>Delivers what is queued: after a start of the process, and whenever Telegram can be reached again; in order per dialog.</summary>
internal sealed partial class OutboxDeliverer(
    ISendStore sends, IConnectionStore connections, PeerFinder peers, Outbox outbox, Locks locks, TimeProvider time,
    ILogger<OutboxDeliverer> logger) : BackgroundService
{
    private const int DialogsAtOnce = 16;
    private const int DialogsPerRound = 256;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly Signal _wake = new(time);

    /// <summary>Something was queued, or can be delivered now.</summary>
    public void Wake() => _wake.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await RunRoundAsync(stoppingToken);
            if (pause != TimeSpan.Zero)
            {
                await _wake.WaitAsync(pause, stoppingToken);
            }
        }
    }

    /// <summary>Tries the first queued send of each dialog that is due; answers how long nothing will be.</summary>
    private async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var due = await sends.ListDueAsync(time.GetUtcNow(), DialogsPerRound, cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = DialogsAtOnce, CancellationToken = cancellationToken };
            var failed = 0;
            await Parallel.ForEachAsync(due, options, async (send, token) =>
            {
                if (!await TryDeliverAsync(send, token))
                {
                    Interlocked.Increment(ref failed);
                }
            });
            var next = await sends.FindNextDueAsync(cancellationToken);
            var pause = next is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, (next.Value - time.GetUtcNow()).Ticks));
            return failed > 0 && pause == TimeSpan.Zero ? AfterTrouble : pause;
        }
        catch (StorageUnavailableException exception)
        {
            LogStorageUnavailable(exception);
            return AfterTrouble;
        }
    }

    private async Task<bool> TryDeliverAsync(Send head, CancellationToken cancellationToken)
    {
        try
        {
            await DeliverAsync(head, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StorageUnavailableException))
        {
            // Whatever goes wrong with one dialog's send, the others' must go on.
            LogFault(head.Id, exception);
            return false;
        }
    }

    private async Task DeliverAsync(Send head, CancellationToken cancellationToken)
    {
        using var turn = await locks.Sends.AcquireAsync((head.ConnectionId, head.DialogId), cancellationToken);
        var send = await sends.FindFirstQueuedAsync(head.ConnectionId, head.DialogId, cancellationToken);
        if (send is null || send.Id != head.Id)
        {
            return;
        }

        var connection = await connections.FindAsync(send.ConnectionId, cancellationToken);
        if (connection is not { Status: ConnectionStatus.Authorized })
        {
            await sends.FailAsync(send, TelegramErrors.NotAuthorized, cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage can't say what is queued; trying again")]
    private partial void LogStorageUnavailable(Exception exception);
}
