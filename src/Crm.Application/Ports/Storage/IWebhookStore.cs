namespace Crm.Application.Ports.Storage;

/// <summary>Webhooks: who is to be told of an account's events, how far they have been told, and what came of each try.</summary>
public interface IWebhookStore
{
    /// <summary>Adds a webhook that is told what happens from now on; null when the account has <paramref name="most"/> already.</summary>
    Task<Webhook?> AddAsync(NewWebhook webhook, int most, CancellationToken cancellationToken);

    Task<IReadOnlyList<Webhook>> ListAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>One of the account's webhooks; null when it has none with this id.</summary>
    Task<Webhook?> FindAsync(long accountId, long webhookId, CancellationToken cancellationToken);

    /// <summary>Deletes one of the account's webhooks with its deliveries; false when it has none with this id.</summary>
    Task<bool> DeleteAsync(long accountId, long webhookId, CancellationToken cancellationToken);

    /// <summary>Sets a webhook back (or on) to what follows an event, and switches it on; null when the account has no such webhook.</summary>
    Task<Webhook?> RewindAsync(long accountId, long webhookId, long cursor, CancellationToken cancellationToken);

    /// <summary>Active webhooks that have events to be told and are due; whose last try failed, or whose didn't.</summary>
    Task<IReadOnlyList<Webhook>> ListDueAsync(DateTimeOffset now, bool failing, int limit, CancellationToken cancellationToken);

    /// <summary>When the next webhook that waits falls due; null when none waits.</summary>
    Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores how far a webhook was told, with the try that led there. False, and nothing but the try is stored, when the webhook
    /// was set elsewhere or deleted meanwhile, or another process has told more of it.
    /// </summary>
    Task<bool> RecordAsync(Webhook progress, NewDelivery? delivery, CancellationToken cancellationToken);

    /// <summary>A webhook's tries, newest first, with ids below <paramref name="before"/>.</summary>
    Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(long webhookId, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes the oldest deliveries, at most <paramref name="limit"/>, that were made before a time; answers how many.</summary>
    Task<int> DeleteDeliveriesOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <summary>A webhook to add; <paramref name="Events"/> names the types it is told of, none for all.</summary>
public sealed record NewWebhook(long AccountId, string Url, string Secret, IReadOnlyList<string> Events, bool IsActive)
{
    public override string ToString() => $"New webhook of account {AccountId}";
}

/// <summary>A webhook as it is stored.</summary>
public sealed record Webhook
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Url { get; init; }

    /// <summary>What requests are signed with; null where the keys it was stored with are gone.</summary>
    public required string? Secret { get; init; }

    /// <summary>The types it is told of; none for all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    public required bool IsActive { get; init; }

    /// <summary>Why it was switched off, where it wasn't by its owner.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The event up to which everything was told, or is nothing it wants to be told.</summary>
    public required long Cursor { get; init; }

    /// <summary>How many tries in a row have failed.</summary>
    public int Failures { get; init; }

    public required DateTimeOffset NextTryAt { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows when its owner sets it elsewhere, so that a try under way can't undo that.</summary>
    public required int Version { get; init; }

    public bool Wants(string eventType) => Events.Count == 0 || Events.Contains(eventType, StringComparer.Ordinal);

    public override string ToString() => $"Webhook {Id}";
}

/// <summary>A try to store.</summary>
public sealed record NewDelivery(long EventId, string EventType, int Attempt, int? ResponseStatus, string? Error, TimeSpan Duration);

/// <summary>A try: it was delivered when there is no error. Times are Unix seconds.</summary>
public sealed record WebhookDelivery(
    long Id, long EventId, string EventType, int Attempt, int? ResponseStatus, string? Error, long DurationMs, long? NextTry, long Timestamp);
