using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain;
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
}
