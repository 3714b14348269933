using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerCoverageStore(SqlServerDatabase database) : ICoverageStore
{
    private static readonly SqlQuery<ByDialog, CoverageRow> List = new("""
        SELECT from_id AS FromId, to_id AS ToId FROM dbo.coverage
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId ORDER BY from_id DESC
        """);

    private static readonly SqlQuery<Bounds, CoverageRow> FindTouching = new("""
        SELECT MIN(from_id) AS FromId, MAX(to_id) AS ToId FROM dbo.coverage
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND from_id <= @Above AND to_id >= @Below
        """);

    private static readonly SqlChange<Bounds> DeleteTouching = new("""
        DELETE FROM dbo.coverage
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND from_id <= @Above AND to_id >= @Below
        """);

    private static readonly SqlChange<Range> Insert = new("""
        INSERT INTO dbo.coverage (connection_id, dialog_id, from_id, to_id) VALUES (@ConnectionId, @DialogId, @FromId, @ToId)
        """);

    private static readonly SqlChange<Top> Extend = new("""
        UPDATE dbo.coverage SET to_id = @ToId
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND to_id < @ToId AND from_id = (
            SELECT MAX(c.from_id) FROM dbo.coverage AS c WHERE c.connection_id = @ConnectionId AND c.dialog_id = @DialogId)
        """);

    public Task<IReadOnlyList<CoveredRange>> ListAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<CoveredRange>> (session) =>
            [
                .. (await session.ListAsync(List, new ByDialog(connectionId, dialogId)))
                    .Select(row => new CoveredRange(dialogId, row.FromId ?? 0, row.ToId ?? 0)),
            ],
            cancellationToken);

    public Task<long?> FindStreamAsync(long connectionId, long dialogId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqlServerCoverageTops.FindStreamAsync(session, connectionId, dialogId), cancellationToken);

    public Task<IReadOnlyList<CoveredTop>> ListTopsAsync(long connectionId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SqlServerCoverageTops.ListAsync(session, connectionId), cancellationToken);

    public Task BreakOffAsync(long connectionId, long? dialogId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfOwner(connectionId),
            session => SqlServerCoverageTops.BreakOffAsync(session, connectionId, dialogId),
            cancellationToken);

    /// <summary>Lets a dialog's newest range reach up to a message.</summary>
    public static Task<int> ExtendTopAsync(SqlSession session, long connectionId, long dialogId, int to) =>
        session.RunAsync(Extend, new Top(connectionId, dialogId, to));

    /// <summary>Adds a range, joined with those it overlaps or touches, within the transaction that stores its messages.</summary>
    public static async Task AddAsync(SqlSession session, long connectionId, CoveredRange range)
    {
        var bounds = new Bounds(connectionId, range.DialogId, range.FromId - 1L, range.ToId + 1L);
        var touching = await session.FindAsync(FindTouching, bounds);
        await session.RunAsync(DeleteTouching, bounds);
        var from = Math.Min(range.FromId, touching?.FromId ?? range.FromId);
        var to = Math.Max(range.ToId, touching?.ToId ?? range.ToId);
        await session.RunAsync(Insert, new Range(connectionId, range.DialogId, from, to));
    }

    internal sealed record Bounds(long ConnectionId, long DialogId, long Below, long Above);

    internal sealed record Range(long ConnectionId, long DialogId, int FromId, int ToId);

    internal sealed record Top(long ConnectionId, long DialogId, int ToId);
}
