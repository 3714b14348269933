namespace Crm.Application.Ports.Webhooks;

/// <summary>Carries one request to a webhook's target.</summary>
public interface IWebhookSender
{
    /// <summary>
    /// Posts the body. It follows no redirect, reads no more of the answer than it must, takes a bounded time, and reaches public
    /// addresses only unless it is configured otherwise.
    /// </summary>
    Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken);
}

/// <summary>A signed request.</summary>
public sealed record WebhookRequest(Uri Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public override string ToString() => nameof(WebhookRequest);
}

/// <summary>What came of a request.</summary>
/// <param name="Status">The answer's HTTP status; null when there was none.</param>
/// <param name="Error">Why it counts as not delivered: one of <see cref="WebhookFailures"/>; null when it was.</param>
/// <param name="RetryAfter">How long the target asks to wait.</param>
public sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter = null);

/// <summary>Why a request was not delivered.</summary>
public static class WebhookFailures
{
    public const string Status = "status";
    public const string Redirected = "redirected";
    public const string TimedOut = "timeout";
    public const string Unreachable = "unreachable";

    /// <summary>The target's name leads to an address that is not public.</summary>
    public const string Refused = "target_refused";
}
