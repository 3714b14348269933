using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>How far webhooks were told, and what came of each try.</summary>
internal static class SqlServerDeliveries
{
    private static readonly SqlChange<Progress> Save = new("""
        UPDATE dbo.webhooks SET [cursor] = @Cursor, failures = @Failures, next_try_ms = @NextTryMs, failing_since_ms = @FailingSinceMs,
            active = CASE WHEN @DisabledReason IS NULL THEN active ELSE CAST(0 AS BIT) END, disabled_reason = @DisabledReason
        WHERE id = @Id AND version = @Version AND [cursor] <= @Cursor
        """);

    private static readonly SqlChange<Delivery> Insert = new("""
        INSERT INTO dbo.webhook_deliveries
            (webhook_id, event_id, event_type, attempt, response_status, error, duration_ms, next_try_ms, created_ms)
        SELECT w.id, @EventId, @EventType, @Attempt, @ResponseStatus, @Error, @DurationMs, @NextTryMs, @NowMs
        FROM dbo.webhooks AS w WHERE w.id = @WebhookId
        """);

    private static readonly SqlQuery<Page, WebhookDeliveryRow> ListNewest = new($"""
        SELECT TOP (@Limit) {WebhookDeliveryRow.Columns} FROM dbo.webhook_deliveries
        WHERE webhook_id = @WebhookId AND id < @Before ORDER BY id DESC
        """);

    private static readonly SqlChange<Oldest> DeleteOld = new("""
        DELETE FROM dbo.webhook_deliveries
        WHERE id IN (SELECT TOP (@Limit) d.id FROM dbo.webhook_deliveries AS d ORDER BY d.id) AND created_ms < @BeforeMs
        """);

    /// <summary>False, and nothing but the try is stored, when the webhook was set elsewhere or deleted meanwhile.</summary>
    public static async Task<bool> RecordAsync(SqlSession session, Webhook progress, NewDelivery? delivery, long nowMs)
    {
        var nextTryMs = progress.NextTryAt.ToUnixTimeMilliseconds();
        var isCurrent = await session.RunAsync(Save, new Progress(
            progress.Id,
            progress.Version,
            progress.Cursor,
            progress.Failures,
            nextTryMs,
            progress.FailingSince?.ToUnixTimeMilliseconds(),
            progress.DisabledReason)) > 0;
        if (delivery is not null)
        {
            await session.RunAsync(Insert, new Delivery(
                progress.Id,
                delivery.EventId,
                delivery.EventType,
                delivery.Attempt,
                delivery.ResponseStatus,
                delivery.Error,
                (long)delivery.Duration.TotalMilliseconds,
                delivery.Error is null || progress.DisabledReason is not null ? null : nextTryMs,
                nowMs));
        }

        return isCurrent;
    }

    public static async Task<IReadOnlyList<WebhookDelivery>> ListAsync(SqlSession session, long webhookId, long before, int limit) =>
        [.. (await session.ListAsync(ListNewest, new Page(webhookId, before, limit))).Select(row => row.ToDelivery())];

    public static Task<int> DeleteOldestAsync(SqlSession session, long beforeMs, int limit) =>
        session.RunAsync(DeleteOld, new Oldest(beforeMs, limit));

    internal sealed record Progress(
        long Id, int Version, long Cursor, int Failures, long NextTryMs, long? FailingSinceMs, string? DisabledReason);

    internal sealed record Delivery(
        long WebhookId,
        long EventId,
        string EventType,
        int Attempt,
        int? ResponseStatus,
        string? Error,
        long DurationMs,
        long? NextTryMs,
        long NowMs);

    internal sealed record Page(long WebhookId, long Before, int Limit);

    internal sealed record Oldest(long BeforeMs, int Limit);
}
