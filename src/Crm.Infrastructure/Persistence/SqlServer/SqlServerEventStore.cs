using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerEventStore(SqlServerDatabase database) : IEventStore
{
    private static readonly SqlQuery<Page, EventRow> Read = new($"""
        SELECT TOP (@Limit) {SqlServerColumns.Event}
        FROM dbo.events WHERE account_id = @AccountId AND id > @AfterId ORDER BY id
        """);

    private static readonly SqlQuery<ByAccount, long?> FindDeletedTo = new("""
        SELECT deleted_to AS Value FROM dbo.event_horizons WHERE account_id = @AccountId
        """);

    private static readonly SqlQuery<ByAccount, long?> FindLastId = new("""
        SELECT last_event_id AS Value FROM dbo.account_heads WHERE account_id = @AccountId
        """);

    private static readonly SqlQuery<Most, Age> ListOldest = new("""
        SELECT TOP (@Limit) id AS Id, account_id AS AccountId, created_ms AS CreatedMs FROM dbo.events ORDER BY id
        """);

    /// <summary>The account may have been deleted since its events were found.</summary>
    private static readonly SqlChange<Prefix> MoveHorizon = new("""
        UPDATE dbo.event_horizons SET deleted_to = @LastId WHERE account_id = @AccountId AND deleted_to < @LastId;
        INSERT INTO dbo.event_horizons (account_id, deleted_to)
        SELECT a.account_id, @LastId FROM dbo.account_heads AS a
        WHERE a.account_id = @AccountId
          AND NOT EXISTS (SELECT 1 FROM dbo.event_horizons AS h WHERE h.account_id = @AccountId);
        """);

    private static readonly SqlChange<Prefix> Delete = new("""
        DELETE FROM dbo.events WHERE account_id = @AccountId AND id <= @LastId
        """);

    public Task<long> AppendAsync(NewEvent newEvent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(newEvent.AccountId),
            session => SqlServerEvents.AppendAsync(session, newEvent.AccountId, [newEvent], database.NowMs),
            cancellationToken);

    /// <summary>
    /// The events first and how far they were deleted after them: what retention takes in between is then told as deleted, and never
    /// merely missing. The newest id comes last for the same reason.
    /// </summary>
    public Task<EventPage> ReadAsync(long accountId, long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var rows = limit == 0 ? [] : await session.StreamAsync(Read, new Page(accountId, afterId, limit), SqlServerColumns.ReadEventAsync);
                return new EventPage(
                    [.. rows.Select(row => row.ToEvent())],
                    await session.FindValueAsync(FindDeletedTo, new ByAccount(accountId)) ?? 0,
                    await session.FindValueAsync(FindLastId, new ByAccount(accountId)) ?? 0);
            },
            cancellationToken);

    /// <summary>Deletes from the beginning and leaves no hole, account after account, each in its turn.</summary>
    public async Task<int> DeleteOlderThanAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var oldest = await database.ReadAsync(session => session.ListAsync(ListOldest, new Most(limit)), cancellationToken);
        var old = oldest.TakeWhile(one => one.CreatedMs < before.ToUnixTimeMilliseconds()).ToList();
        foreach (var account in old.GroupBy(one => one.AccountId))
        {
            var prefix = new Prefix(account.Key, account.Max(one => one.Id));
            await database.WriteAsync(Turn.OfAccount(account.Key), session => DeleteAsync(session, prefix), cancellationToken);
        }

        return old.Count;
    }

    private static async Task<int> DeleteAsync(SqlSession session, Prefix prefix)
    {
        await session.RunAsync(MoveHorizon, prefix);
        return await session.RunAsync(Delete, prefix);
    }

    internal sealed record Page(long AccountId, long AfterId, int Limit);

    internal sealed record Most(int Limit);

    internal sealed record Prefix(long AccountId, long LastId);

    internal sealed class Age
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required long CreatedMs { get; init; }
    }
}
