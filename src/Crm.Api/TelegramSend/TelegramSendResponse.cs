using Crm.Api.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.TelegramSend;

namespace Crm.Api.TelegramSend;

/// <summary>The stored message, and how far sending it has come.</summary>
public class TelegramSendResponse : MessageResponse
{
    /// <summary>"sent", or "queued" while Telegram cannot be reached.</summary>
    public required SendStatus Status { get; init; }

    /// <summary>The send's own id, for GET sends/{id} and in events.</summary>
    public required long SendId { get; init; }

    internal static TelegramSendResponse From(SendResult result) => new()
    {
        Id = result.Row.Id,
        IdAccount = result.Row.AccountId,
        Messenger = result.Row.Messenger,
        Message = result.Row.Message,
        Answer = result.Row.Answer,
        Timestamp = result.Row.Timestamp,
        IdUser = result.Row.UserId,
        MessageId = result.Row.MessageId,
        EditedAt = result.Row.EditedAt,
        DeletedAt = result.Row.DeletedAt,
        Revisions = result.Row.Revisions,
        Status = result.Status,
        SendId = result.SendId,
    };
}
