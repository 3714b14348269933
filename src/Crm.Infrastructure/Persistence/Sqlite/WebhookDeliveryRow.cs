using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>A row of <c>webhook_deliveries</c>.</summary>
internal sealed class WebhookDeliveryRow
{
    private const string ListNewest = """
        SELECT id AS Id, event_id AS EventId, event_type AS EventType, attempt AS Attempt, response_status AS ResponseStatus,
               error AS Error, duration_ms AS DurationMs, next_try_ms AS NextTryMs, created_ms AS CreatedMs
        FROM webhook_deliveries WHERE webhook_id = @webhookId AND id < @before ORDER BY id DESC LIMIT @limit
        """;

    private const string DeleteOld = """
        DELETE FROM webhook_deliveries
        WHERE id IN (SELECT id FROM webhook_deliveries ORDER BY id LIMIT @limit) AND created_ms < @beforeMs
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

    public static IReadOnlyList<WebhookDelivery> List(SqliteConnection connection, long webhookId, long before, int limit) =>
        [.. connection.Query<WebhookDeliveryRow>(ListNewest, new { webhookId, before, limit }).Select(row => row.ToDelivery())];

    public static int DeleteOldest(SqliteTransaction transaction, long beforeMs, int limit) =>
        transaction.Connection!.Execute(DeleteOld, new { beforeMs, limit }, transaction);

    private WebhookDelivery ToDelivery() =>
        new(Id, EventId, EventType, Attempt, ResponseStatus, Error, DurationMs, NextTryMs / 1000, CreatedMs / 1000);
}
