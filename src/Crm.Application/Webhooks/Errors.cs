using Crm.Domain;

namespace Crm.Application.Webhooks;

/// <summary>What using webhooks can refuse.</summary>
public static class WebhookErrors
{
    /// <summary>Not there, or not the caller's: the same answer, so that ids can't be probed.</summary>
    public static readonly Error NotFound = new("webhook.not_found", ErrorCategory.NotFound, "There is no such webhook.");

    public static readonly Error TooMany = new("webhook.too_many", ErrorCategory.Conflict, "This account has as many webhooks as it may have.");
}
