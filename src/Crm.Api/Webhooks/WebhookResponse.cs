using System.Text.Json.Serialization;
using Crm.Api.Documentation;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Webhooks;

/// <summary>A webhook.</summary>
public sealed class WebhookResponse
{
    /// <summary>The webhook's id.</summary>
    public required long Id { get; init; }

    /// <summary>Where events are posted to.</summary>
    public required string Url { get; init; }

    /// <summary>What requests to it are signed with; only in the answer that registers it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>The types it is told of; none for all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether it is told anything.</summary>
    public required bool Active { get; init; }

    /// <summary>"gave_up" after three days of failures, "events_gone" when what it was not told has been deleted, "secret_unreadable" when
    /// the keys its secret was stored with are gone (delete it and register it again); else null.</summary>
    [OneOf("gave_up", "events_gone", "secret_unreadable")]
    public required string? DisabledReason { get; init; }

    /// <summary>The id of the event up to which it was told.</summary>
    public required long LastId { get; init; }

    /// <summary>How many tries in a row have failed.</summary>
    public required int Failures { get; init; }

    /// <summary>Unix seconds of the next try, while it is failing.</summary>
    public required long? NextTry { get; init; }

    /// <summary>Unix seconds at which it was registered.</summary>
    public required long Timestamp { get; init; }

    internal static WebhookResponse From(Webhook webhook) => From(webhook, secret: null);

    internal static WebhookResponse WithSecret(Webhook webhook) => From(webhook, webhook.Secret);

    private static WebhookResponse From(Webhook webhook, string? secret) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url,
        Secret = secret,
        Events = webhook.Events,
        Active = webhook.IsActive,
        DisabledReason = webhook.DisabledReason,
        LastId = webhook.Cursor,
        Failures = webhook.Failures,
        NextTry = webhook is { IsActive: true, Failures: > 0 } ? webhook.NextTryAt.ToUnixTimeSeconds() : null,
        Timestamp = webhook.CreatedAt.ToUnixTimeSeconds(),
    };
}
