using Crm.Application.Concurrency;
using Crm.Application.Hosting;
using Crm.Application.Messages;
using Crm.Application.Ownership;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramSend;

/// <summary>Sends a text to a dialog. The same idempotency key sends once and answers the same.</summary>
public sealed record TelegramSendCommand(long AccountId, long PeerId, string Answer, string? Messenger, string? IdempotencyKey)
    : IRequest<Result<SendResult>>
{
    public override string ToString() => $"{nameof(TelegramSendCommand)} of account {AccountId}";
}

/// <summary>The message, and whether Telegram has it (<see cref="SendStatus.Sent"/>) or will get it (<see cref="SendStatus.Queued"/>).</summary>
public sealed class SendResult
{
    public required MessageRow Row { get; init; }

    public required SendStatus Status { get; init; }

    /// <summary>The send's own id, which later events name.</summary>
    public required long SendId { get; init; }

    /// <summary>A send and its row; one that Telegram hasn't taken, or whose message isn't known, gets a row without ids.</summary>
    internal static SendResult Describe(Send send, SendStatus status, MessageRow? row) => new()
    {
        SendId = send.Id,
        Status = status,
        Row = row ?? new MessageRow
        {
            Id = 0,
            AccountId = send.AccountId,
            Messenger = Messenger.Telegram.Name,
            Message = send.Text,
            Answer = 1,
            Timestamp = send.CreatedAt.ToUnixTimeSeconds(),
            UserId = send.DialogId,
        },
    };
}

internal sealed class TelegramSendHandler(
    PeerFinder peers, ISendStore sends, Outbox outbox, OutboxDeliverer deliverer, IRandomIds randomIds, Locks locks,
    ITelegramOwnership ownership, Shutdown shutdown)
    : IRequestHandler<TelegramSendCommand, Result<SendResult>>
{
    public async Task<Result<SendResult>> Handle(TelegramSendCommand request, CancellationToken cancellationToken)
    {
        var messenger = Messenger.Parse(request.Messenger);
        if (!messenger.IsSuccess)
        {
            return messenger.Error;
        }

        if (await FindSettledAsync(request, cancellationToken) is { } settled)
        {
            return settled;
        }

        var dialog = await peers.FindAsync(request.AccountId, request.PeerId, cancellationToken);
        return dialog.IsSuccess
            ? await SendAsync(request, dialog.Value.Connection, dialog.Value.Peer, cancellationToken)
            : dialog.Error;
    }

    private async Task<Result<SendResult>> SendAsync(
        TelegramSendCommand request, Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var isQueued = true;
        try
        {
            var sent = await SendInTurnAsync(request, connection, peer, cancellationToken);
            isQueued = sent is { IsSuccess: true, Value.Status: SendStatus.Queued };
            return sent;
        }
        finally
        {
            // Behind the dialog's turn, which the deliverer needs; also when the caller has gone away: what is queued is delivered without them.
            if (isQueued)
            {
                deliverer.Wake();
            }
        }
    }

    private async Task<Result<SendResult>> SendInTurnAsync(
        TelegramSendCommand request, Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        using var turn = await locks.Sends.AcquireAsync((connection.Id, peer.DialogId), cancellationToken);
        var addition = await sends.AddAsync(
            new NewSend(request.AccountId, connection.Id, peer.DialogId, request.Answer, randomIds.Next(), request.IdempotencyKey),
            cancellationToken);
        if (!addition.Added && await SettleAsync(addition.Send, request, cancellationToken) is { } settled)
        {
            return settled;
        }

        if (addition.Send.Status is SendStatus.Failed)
        {
            await sends.RequeueAsync(addition.Send, cancellationToken);
        }

        try
        {
            return await SendStoredAsync(addition, connection, peer, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // It is stored, and maybe sent: whoever is told that it failed sends it again. The deliverer says what the storage's trouble is.
            return SendResult.Describe(addition.Send, SendStatus.Queued, null);
        }
    }

    private async Task<Result<SendResult>> SendStoredAsync(
        SendAddition addition, Connection connection, DialogPeer peer, CancellationToken cancellationToken)
    {
        var send = addition.Send;
        var first = await sends.FindFirstQueuedAsync(connection.Id, peer.DialogId, cancellationToken);
        if (!ownership.IsHeld || shutdown.HasBegun)
        {
            // The process that speaks with Telegram looks for it: another one, or the next.
            return SendResult.Describe(send, SendStatus.Queued, null);
        }

        if (send.ConnectionId != connection.Id || (first is not null && first.Id != send.Id))
        {
            return SendResult.Describe(send, SendStatus.Queued, null);
        }

        var isPromised = !addition.Added && send.Status is SendStatus.Queued;
        var attempt = await outbox.AttemptAsync(send, connection, peer, isPromised, cancellationToken);
        return attempt is { Status: SendStatus.Failed, Error: { } error } ? error : SendResult.Describe(send, attempt.Status, attempt.Row);
    }

    private async Task<Result<SendResult>?> FindSettledAsync(TelegramSendCommand request, CancellationToken cancellationToken)
    {
        var earlier = request.IdempotencyKey is { } key ? await sends.FindByKeyAsync(request.AccountId, key, cancellationToken) : null;
        return earlier is { Status: not SendStatus.Queued } ? await SettleAsync(earlier, request, cancellationToken) : null;
    }

    /// <summary>What an earlier send under the same key answers; null when it is to be tried.</summary>
    private async Task<Result<SendResult>?> SettleAsync(Send earlier, TelegramSendCommand request, CancellationToken cancellationToken)
    {
        if (earlier is { FoundText: null, Status: not SendStatus.Sent })
        {
            return SendErrors.TextLost;
        }

        if (earlier.DialogId != request.PeerId || earlier.Text != request.Answer)
        {
            return SendErrors.IdempotencyConflict;
        }

        return earlier.Status switch
        {
            SendStatus.Sent => SendResult.Describe(earlier, SendStatus.Sent, await sends.FindMessageAsync(earlier, cancellationToken)),
            SendStatus.Failed when earlier.Error is { Category: not ErrorCategory.TooManyRequests } error => error,
            _ => null,
        };
    }
}
