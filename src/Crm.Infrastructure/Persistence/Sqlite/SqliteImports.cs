using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>How a page moves its import within the transaction that stores the page.</summary>
internal static class SqliteImports
{
    private const string Update = $"""
        UPDATE imports SET
            stored = stored + @inserted, pages = pages + 1, active_ms = active_ms + @tookMs, updated_ms = @nowMs,
            upper_id = COALESCE(upper_id, @HighestId), total = COALESCE(@Total, total), remaining = COALESCE(@Remaining, remaining)
        WHERE id = @ImportId RETURNING told_ms + {TellEveryMs} <= @nowMs AS IsDue, {ImportRow.Columns}
        """;

    private const string NoteTold = "UPDATE imports SET told_ms = @nowMs WHERE id = @Id";

    /// <summary>A running import is told at most so often.</summary>
    private const string TellEveryMs = "1000";

    /// <summary>Adds a page to its import's figures; answers the import when it is time to tell of it.</summary>
    public static Import? Advance(SqliteTransaction transaction, ImportStep step, int inserted, long nowMs)
    {
        var parameters = new
        {
            step.ImportId,
            step.HighestId,
            step.Total,
            step.Remaining,
            inserted,
            tookMs = Math.Max(1, (long)step.Took.TotalMilliseconds),
            nowMs,
        };
        var row = transaction.Connection!.QuerySingleOrDefault<ImportRow>(Update, parameters, transaction);
        if (row is not { IsDue: true })
        {
            return null;
        }

        transaction.Connection!.Execute(NoteTold, new { nowMs, row.Id }, transaction);
        return row.ToImport();
    }
}
