using Crm.Application.Imports;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.Telemetry;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.TelegramSend;

/// <summary>How an attempt left a send; the row is there when its message is stored.</summary>
internal sealed record SendAttempt(SendStatus Status, MessageRow? Row, Error? Error);

/// <summary>
/// Tries stored sends. A send keeps its random id over all its attempts, so Telegram takes it once however often it is tried.
/// Callers hold the dialog's send lock.
/// </summary>
internal sealed class Outbox(
    ISendStore sends, ITelegramGateway gateway, ConnectionAccess access, HistoryPages history, CrmMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);
    private const int LastDoubling = 4;

    /// <summary>
    /// Tries a send once and stores what came of it. While Telegram is away it stays queued; so does one whose delivery was
    /// promised already (<paramref name="isPromised"/>) when Telegram asks to wait.
    /// </summary>
    public async Task<SendAttempt> AttemptAsync(
        Send send, Connection connection, DialogPeer peer, bool isPromised, CancellationToken cancellationToken)
    {
        if (send.FoundText is not { } text)
        {
            return await RecordAsync(send, SendErrors.TextLost, isPromised, cancellationToken);
        }

        var call = gateway.SendMessageAsync(connection, peer, text, send.RandomId, cancellationToken);
        var outcome = await access.WatchAsync(connection, call, cancellationToken);
        if (outcome.IsSuccess)
        {
            // Telegram has it: a caller that has gone away meanwhile must not keep that from being stored.
            var row = await sends.CompleteAsync(send, outcome.Value, CancellationToken.None);
            metrics.Sent();
            return new SendAttempt(SendStatus.Sent, row, null);
        }

        if (outcome.Error == TelegramErrors.RandomIdDuplicate)
        {
            // Telegram has it, whether or not its history can be read now to see as which message.
            await history.StoreNewestAsync(connection, peer, cancellationToken);
            var row = await sends.CompleteWithoutMessageAsync(send, CancellationToken.None);
            metrics.Sent();
            return new SendAttempt(SendStatus.Sent, row, null);
        }

        return await RecordAsync(send, outcome.Error, isPromised, cancellationToken);
    }

    /// <summary>Stores that an attempt came to nothing: the send is put off or has failed.</summary>
    public async Task<SendAttempt> RecordAsync(Send send, Error error, bool isPromised, CancellationToken cancellationToken)
    {
        var wait = IsTransient(error) ? Delay(send.Attempts) : isPromised ? error.RetryAfter : null;
        if (wait is { } pause)
        {
            await sends.DeferAsync(send, time.GetUtcNow() + pause, cancellationToken);
            return new SendAttempt(SendStatus.Queued, null, error);
        }

        await sends.FailAsync(send, error, cancellationToken);
        metrics.SendFailed();
        return new SendAttempt(SendStatus.Failed, null, error);
    }

    /// <summary>Whether Telegram may take it later and hasn't said no.</summary>
    private static bool IsTransient(Error error) =>
        error == TelegramErrors.Unreachable || error == TelegramErrors.Failed || error == TelegramErrors.OwnedElsewhere;

    private static TimeSpan Delay(int attempts)
    {
        var delay = TimeSpan.FromSeconds(1 << Math.Min(attempts, LastDoubling));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
