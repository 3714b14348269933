using Crm.Domain;

namespace Crm.Application.TelegramSend;

/// <summary>What sending can refuse by itself.</summary>
public static class SendErrors
{
    public static readonly Error NotFound = new("send.not_found", ErrorCategory.NotFound, "There is no such send.");

    /// <summary>It was stored encrypted, and the key ring it was encrypted with is gone.</summary>
    public static readonly Error TextLost = new("send.text_lost", ErrorCategory.Conflict, "The text can't be decrypted any more; send it again.");

    public static readonly Error IdempotencyConflict = new(
        "send.idempotency_conflict", ErrorCategory.Conflict, "This idempotency key was used for another message.");
}
