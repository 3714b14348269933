using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteWebhookStore(SqliteDatabase database, ISecretProtector secrets) : IWebhookStore
{
    private const string Insert = $"""
        INSERT INTO webhooks (account_id, url, secret, events, active, cursor, failures, next_try_ms, created_ms, version)
        SELECT @AccountId, @Url, @secret, @events, @active, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0), 0, @now, @now, 0
        WHERE (SELECT COUNT(*) FROM webhooks WHERE account_id = @AccountId) < @most
        RETURNING {WebhookRow.Columns}
        """;

    private const string List = $"SELECT {WebhookRow.Columns} FROM webhooks WHERE account_id = @accountId ORDER BY id";

    private const string Find = $"SELECT {WebhookRow.Columns} FROM webhooks WHERE account_id = @accountId AND id = @webhookId";

    private const string Delete = "DELETE FROM webhooks WHERE account_id = @accountId AND id = @webhookId";

    private const string Rewind = $"""
        UPDATE webhooks SET cursor = @cursor, active = 1, disabled_reason = NULL, failures = 0, failing_since_ms = NULL,
            next_try_ms = @now, version = version + 1
        WHERE account_id = @accountId AND id = @webhookId
        RETURNING {WebhookRow.Columns}
        """;

    private const string ListDue = $"""
        SELECT {WebhookRow.Columns} FROM webhooks w
        WHERE active = 1 AND next_try_ms <= @nowMs AND (failures > 0) = @failing
          AND EXISTS (SELECT 1 FROM events e WHERE e.account_id = w.account_id AND e.id > w.cursor)
        ORDER BY next_try_ms, id LIMIT @limit
        """;

    private const string FindNextDue = "SELECT MIN(next_try_ms) FROM webhooks WHERE active = 1 AND next_try_ms > @nowMs";

    private const string Save = """
        UPDATE webhooks SET cursor = @Cursor, failures = @Failures, next_try_ms = @nextTryMs, failing_since_ms = @failingSinceMs,
            active = CASE WHEN @DisabledReason IS NULL THEN active ELSE 0 END, disabled_reason = @DisabledReason
        WHERE id = @Id AND version = @Version AND cursor <= @Cursor
        """;

    private const string InsertDelivery = """
        INSERT INTO webhook_deliveries
            (webhook_id, event_id, event_type, attempt, response_status, error, duration_ms, next_try_ms, created_ms)
        SELECT id, @EventId, @EventType, @Attempt, @ResponseStatus, @Error, @durationMs, @nextTryMs, @now FROM webhooks WHERE id = @webhookId
        """;

    private const string ListDeliveries = $"""
        SELECT {WebhookDeliveryRow.Columns} FROM webhook_deliveries
        WHERE webhook_id = @webhookId AND id < @before ORDER BY id DESC LIMIT @limit
        """;

    private const string DeleteOldDeliveries = """
        DELETE FROM webhook_deliveries
        WHERE id IN (SELECT id FROM webhook_deliveries ORDER BY id LIMIT @limit) AND created_ms < @beforeMs
        """;

    public Task<Webhook?> AddAsync(NewWebhook webhook, int most, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            webhook.AccountId,
            webhook.Url,
            secret = secrets.Protect(SecretKind.WebhookSecret, Encoding.UTF8.GetBytes(webhook.Secret)),
            events = WebhookRow.EventsText(webhook.Events),
            active = webhook.IsActive ? 1 : 0,
            now = database.NowMs,
            most,
        };
        return ChangeAsync(Insert, parameters, cancellationToken);
    }

    public Task<IReadOnlyList<Webhook>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        QueryAsync(List, new { accountId }, cancellationToken);

    public Task<Webhook?> FindAsync(long accountId, long webhookId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<WebhookRow>(Find, new { accountId, webhookId })?.ToWebhook(secrets),
            cancellationToken);

    public Task<bool> DeleteAsync(long accountId, long webhookId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(Delete, new { accountId, webhookId }, transaction) > 0, cancellationToken);

    public Task<Webhook?> RewindAsync(long accountId, long webhookId, long cursor, CancellationToken cancellationToken) =>
        ChangeAsync(Rewind, new { accountId, webhookId, cursor, now = database.NowMs }, cancellationToken);

    public Task<IReadOnlyList<Webhook>> ListDueAsync(DateTimeOffset now, bool failing, int limit, CancellationToken cancellationToken) =>
        QueryAsync(ListDue, new { nowMs = now.ToUnixTimeMilliseconds(), failing, limit }, cancellationToken);

    public Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => connection.ExecuteScalar<long?>(FindNextDue, new { nowMs = now.ToUnixTimeMilliseconds() }) is { } due
                ? DateTimeOffset.FromUnixTimeMilliseconds(due)
                : (DateTimeOffset?)null,
            cancellationToken);

    // A loss of power may set a webhook back; it is then told again, under the same event ids.
    public Task<bool> RecordAsync(Webhook progress, NewDelivery? delivery, CancellationToken cancellationToken) =>
        database.WriteAsync(Durability.ProcessCrash, transaction => Record(transaction, progress, delivery), cancellationToken);

    public Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        long webhookId, long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<WebhookDelivery> (connection) =>
            [
                .. connection.Query<WebhookDeliveryRow>(ListDeliveries, new { webhookId, before = before ?? long.MaxValue, limit })
                    .Select(row => row.ToDelivery()),
            ],
            cancellationToken);

    public Task<int> DeleteDeliveriesOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Durability.ProcessCrash,
            transaction => transaction.Connection!.Execute(
                DeleteOldDeliveries, new { beforeMs = before.ToUnixTimeMilliseconds(), limit }, transaction),
            cancellationToken);

    private bool Record(SqliteTransaction transaction, Webhook progress, NewDelivery? delivery)
    {
        var nextTryMs = progress.NextTryAt.ToUnixTimeMilliseconds();
        var parameters = new
        {
            progress.Id,
            progress.Version,
            progress.Cursor,
            progress.Failures,
            progress.DisabledReason,
            nextTryMs,
            failingSinceMs = progress.FailingSince?.ToUnixTimeMilliseconds(),
        };
        var isCurrent = transaction.Connection!.Execute(Save, parameters, transaction) > 0;
        if (delivery is not null)
        {
            var row = new
            {
                webhookId = progress.Id,
                delivery.EventId,
                delivery.EventType,
                delivery.Attempt,
                delivery.ResponseStatus,
                delivery.Error,
                durationMs = (long)delivery.Duration.TotalMilliseconds,
                nextTryMs = delivery.Error is null || progress.DisabledReason is not null ? (long?)null : nextTryMs,
                now = database.NowMs,
            };
            transaction.Connection!.Execute(InsertDelivery, row, transaction);
        }

        return isCurrent;
    }

    private Task<Webhook?> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.QuerySingleOrDefault<WebhookRow>(sql, parameters, transaction)?.ToWebhook(secrets),
            cancellationToken);

    private Task<IReadOnlyList<Webhook>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<Webhook> (connection) => [.. connection.Query<WebhookRow>(sql, parameters).Select(row => row.ToWebhook(secrets))],
            cancellationToken);
}
