using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>How a page moves its import within the transaction that stores the page.</summary>
internal static class SqlServerImports
{
    /// <summary>A running import is told at most so often.</summary>
    private const string TellEveryMs = "1000";

    private static readonly SqlChange<Page> Add = new("""
        UPDATE dbo.imports SET
            stored = stored + @Inserted, pages = pages + 1, active_ms = active_ms + @TookMs, updated_ms = @NowMs,
            upper_id = COALESCE(upper_id, @HighestId), total = COALESCE(@Total, total), remaining = COALESCE(@Remaining, remaining)
        WHERE id = @Id
        """);

    private static readonly SqlQuery<Due, ImportRow> FindDue = new($"""
        SELECT CAST(1 AS BIT) AS IsDue, {ImportRow.Columns} FROM dbo.imports WHERE id = @Id AND told_ms + {TellEveryMs} <= @NowMs
        """);

    private static readonly SqlChange<Due> NoteTold = new("UPDATE dbo.imports SET told_ms = @NowMs WHERE id = @Id");

    /// <summary>Adds a page to its import's figures; answers the import when it is time to tell of it.</summary>
    public static async Task<Import?> AdvanceAsync(SqlSession session, ImportStep step, int inserted, long nowMs)
    {
        var tookMs = Math.Max(1, (long)step.Took.TotalMilliseconds);
        await session.RunAsync(Add, new Page(step.ImportId, inserted, tookMs, step.HighestId, step.Total, step.Remaining, nowMs));
        if (await session.FindAsync(FindDue, new Due(step.ImportId, nowMs)) is not { } row)
        {
            return null;
        }

        await session.RunAsync(NoteTold, new Due(step.ImportId, nowMs));
        return row.ToImport();
    }

    internal sealed record Page(long Id, long Inserted, long TookMs, int? HighestId, int? Total, int? Remaining, long NowMs);

    internal sealed record Due(long Id, long NowMs);
}
