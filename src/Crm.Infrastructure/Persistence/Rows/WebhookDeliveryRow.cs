using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>webhook_deliveries</c>.</summary>
internal sealed class WebhookDeliveryRow
{
    public const string Columns = """
        id AS Id, event_id AS EventId, event_type AS EventType, attempt AS Attempt, response_status AS ResponseStatus,
        error AS Error, duration_ms AS DurationMs, next_try_ms AS NextTryMs, created_ms AS CreatedMs
        """;

    public required long Id { get; init; }

    public required long EventId { get; init; }

    public required string EventType { get; init; }

    public required int Attempt { get; init; }

    public int? ResponseStatus { get; init; }

    public string? Error { get; init; }

    public required long DurationMs { get; init; }

    public long? NextTryMs { get; init; }

    public required long CreatedMs { get; init; }

    public WebhookDelivery ToDelivery() =>
        new(Id, EventId, EventType, Attempt, ResponseStatus, Error, DurationMs, NextTryMs / 1000, CreatedMs / 1000);
}
