using Crm.Api.Documentation;
using Crm.Application.Ports.Storage;
using Crm.Application.Webhooks.ListDeliveries;

namespace Crm.Api.Webhooks;

/// <summary>A page of tries, newest first.</summary>
public sealed class DeliveryPageResponse
{
    /// <summary>The tries.</summary>
    public required IReadOnlyList<DeliveryResponse> Deliveries { get; init; }

    /// <summary>What to ask for the next page with, as before; null at the end.</summary>
    public required long? Next { get; init; }

    internal static DeliveryPageResponse From(DeliveryPage page) => new()
    {
        Deliveries = [.. page.Deliveries.Select(DeliveryResponse.From)],
        Next = page.Next,
    };
}

/// <summary>One try to tell a webhook of an event.</summary>
public sealed class DeliveryResponse
{
    /// <summary>The try's id.</summary>
    public required long Id { get; init; }

    /// <summary>The event it told of.</summary>
    public required long EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string Event { get; init; }

    /// <summary>Counts the tries in a row that have not succeeded yet, this one included.</summary>
    public required int Attempt { get; init; }

    /// <summary>"delivered" or "failed".</summary>
    [OneOf("delivered", "failed")]
    public required string Status { get; init; }

    /// <summary>The target's HTTP status; null when it gave none.</summary>
    public required int? ResponseStatus { get; init; }

    /// <summary>"status", "redirected", "timeout", "unreachable" or "target_refused"; null when it was delivered.</summary>
    [OneOf("status", "redirected", "timeout", "unreachable", "target_refused")]
    public required string? Error { get; init; }

    /// <summary>Milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Unix seconds of the next try; null when there is none.</summary>
    public required long? NextTry { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Timestamp { get; init; }

    internal static DeliveryResponse From(WebhookDelivery delivery) => new()
    {
        Id = delivery.Id,
        EventId = delivery.EventId,
        Event = delivery.EventType,
        Attempt = delivery.Attempt,
        Status = delivery.Error is null ? "delivered" : "failed",
        ResponseStatus = delivery.ResponseStatus,
        Error = delivery.Error,
        DurationMs = delivery.DurationMs,
        NextTry = delivery.NextTry,
        Timestamp = delivery.Timestamp,
    };
}
