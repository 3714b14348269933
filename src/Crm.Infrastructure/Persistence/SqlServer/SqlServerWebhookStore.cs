using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerWebhookStore(SqlServerDatabase database, ISecretProtector secrets) : IWebhookStore
{
    private static readonly SqlQuery<ToAdd, long?> Insert = new("""
        INSERT INTO dbo.webhooks (account_id, url, secret, events, active, [cursor], failures, next_try_ms, created_ms, version)
        OUTPUT INSERTED.id AS Value
        SELECT h.account_id, @Url, @Secret, @Events, @Active, h.last_event_id, 0, @NowMs, @NowMs, 0
        FROM dbo.account_heads AS h
        WHERE h.account_id = @AccountId
          AND (SELECT COUNT(*) FROM dbo.webhooks AS w WHERE w.account_id = @AccountId) < @Most
        """);

    private static readonly SqlQuery<ByAccount, WebhookRow> List = new($"""
        SELECT {WebhookRow.Columns} FROM dbo.webhooks WHERE account_id = @AccountId ORDER BY id
        """);

    private static readonly SqlQuery<OfAccount, WebhookRow> Find = new($"""
        SELECT {WebhookRow.Columns} FROM dbo.webhooks WHERE account_id = @AccountId AND id = @WebhookId
        """);

    private static readonly SqlChange<OfAccount> Delete = new("""
        DELETE FROM dbo.webhooks WHERE account_id = @AccountId AND id = @WebhookId
        """);

    private static readonly SqlChange<ToRewind> Rewind = new("""
        UPDATE dbo.webhooks SET [cursor] = @Cursor, active = @Active, disabled_reason = NULL, failures = 0, failing_since_ms = NULL,
            next_try_ms = @NowMs, version = version + 1
        WHERE account_id = @AccountId AND id = @WebhookId
        """);

    private static readonly SqlQuery<DueBy, WebhookRow> ListDue = new($"""
        SELECT TOP (@Limit) {WebhookRow.Columns} FROM dbo.webhooks AS w
        WHERE active = 1 AND next_try_ms <= @NowMs
          AND ((@Failing = 1 AND failures > 0) OR (@Failing = 0 AND failures = 0))
          AND EXISTS (SELECT 1 FROM dbo.events AS e WHERE e.account_id = w.account_id AND e.id > w.[cursor])
        ORDER BY next_try_ms, id
        """);

    private static readonly SqlQuery<After, long?> FindNextDue = new("""
        SELECT MIN(next_try_ms) AS Value FROM dbo.webhooks WHERE active = 1 AND next_try_ms > @NowMs
        """);

    public async Task<Webhook?> AddAsync(NewWebhook webhook, int most, CancellationToken cancellationToken)
    {
        var toAdd = new ToAdd(
            webhook.AccountId,
            webhook.Url,
            secrets.Protect(SecretKind.WebhookSecret, Encoding.UTF8.GetBytes(webhook.Secret)),
            WebhookRow.EventsText(webhook.Events),
            webhook.IsActive,
            database.NowMs,
            most);
        return await database.WriteAsync(
            Turn.OfAccount(webhook.AccountId),
            async session => await session.FindValueAsync(Insert, toAdd) is { } id
                ? await FindAsync(session, webhook.AccountId, id)
                : null,
            cancellationToken);
    }

    public Task<IReadOnlyList<Webhook>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        ListAsync(List, new ByAccount(accountId), cancellationToken);

    public Task<Webhook?> FindAsync(long accountId, long webhookId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, accountId, webhookId), cancellationToken);

    public Task<bool> DeleteAsync(long accountId, long webhookId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(accountId),
            async session => await session.RunAsync(Delete, new OfAccount(accountId, webhookId)) > 0,
            cancellationToken);

    public Task<Webhook?> RewindAsync(long accountId, long webhookId, long cursor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(accountId),
            async session =>
            {
                await session.RunAsync(Rewind, new ToRewind(accountId, webhookId, cursor, Active: true, database.NowMs));
                return await FindAsync(session, accountId, webhookId);
            },
            cancellationToken);

    public Task<IReadOnlyList<Webhook>> ListDueAsync(DateTimeOffset now, bool failing, int limit, CancellationToken cancellationToken) =>
        ListAsync(ListDue, new DueBy(now.ToUnixTimeMilliseconds(), failing, limit), cancellationToken);

    public async Task<DateTimeOffset?> FindNextDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            session => session.FindValueAsync(FindNextDue, new After(now.ToUnixTimeMilliseconds())), cancellationToken);
        return due is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    // The version guards it: no turn is needed, and a webhook that is told of events doesn't hold up those that cause them.
    public Task<bool> RecordAsync(Webhook progress, NewDelivery? delivery, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.None,
            session => SqlServerDeliveries.RecordAsync(session, progress, delivery, database.NowMs),
            cancellationToken);

    public Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        long webhookId, long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => SqlServerDeliveries.ListAsync(session, webhookId, before ?? long.MaxValue, limit), cancellationToken);

    public Task<int> DeleteDeliveriesOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.None,
            session => SqlServerDeliveries.DeleteOldestAsync(session, before.ToUnixTimeMilliseconds(), limit),
            cancellationToken);

    private async Task<Webhook?> FindAsync(SqlSession session, long accountId, long webhookId) =>
        (await session.FindAsync(Find, new OfAccount(accountId, webhookId)))?.ToWebhook(secrets);

    private Task<IReadOnlyList<Webhook>> ListAsync<TParameters>(
        SqlQuery<TParameters, WebhookRow> query, TParameters parameters, CancellationToken cancellationToken)
        where TParameters : class =>
        database.ReadAsync(
            async Task<IReadOnlyList<Webhook>> (session) =>
                [.. (await session.ListAsync(query, parameters)).Select(row => row.ToWebhook(secrets))],
            cancellationToken);

    internal sealed record ToAdd(long AccountId, string Url, byte[] Secret, string Events, bool Active, long NowMs, int Most);

    internal sealed record OfAccount(long AccountId, long WebhookId);

    internal sealed record ToRewind(long AccountId, long WebhookId, long Cursor, bool Active, long NowMs);

    internal sealed record DueBy(long NowMs, bool Failing, int Limit);

    internal sealed record After(long NowMs);
}
