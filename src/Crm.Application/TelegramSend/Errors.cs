using Crm.Domain;

namespace Crm.Application.TelegramSend;

/// <summary>What sending can refuse by itself.</summary>
public static class SendErrors
{
    public static readonly Error NotFound = new("send.not_found", ErrorCategory.NotFound, "There is no such send.");

    public static readonly Error IdempotencyConflict = new(
        "send.idempotency_conflict", ErrorCategory.Conflict, "This idempotency key was used for another message.");
}
