using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Rows of imports, and how a page moves one within the transaction that stores the page.</summary>
internal static class SqliteImports
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, connection_id AS ConnectionId, dialog_id AS DialogId, state AS State, upper_id AS UpperId,
        stored AS Stored, pages AS Pages, total AS Total, remaining AS Remaining, active_ms AS ActiveMs, started_ms AS StartedMs,
        updated_ms AS UpdatedMs, finished_ms AS FinishedMs, resume_ms AS ResumeMs, error_code AS ErrorCode
        """;

    private const string Update = $"""
        UPDATE imports SET
            stored = stored + @inserted, pages = pages + 1, active_ms = active_ms + @tookMs, updated_ms = @nowMs,
            upper_id = COALESCE(upper_id, @HighestId), total = COALESCE(@Total, total), remaining = COALESCE(@Remaining, remaining)
        WHERE id = @ImportId RETURNING told_ms + {TellEveryMs} <= @nowMs AS IsDue, {Columns}
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
        var row = transaction.Connection!.QuerySingleOrDefault<Row>(Update, parameters, transaction);
        if (row is not { IsDue: true })
        {
            return null;
        }

        transaction.Connection!.Execute(NoteTold, new { nowMs, row.Id }, transaction);
        return row.ToImport();
    }

    internal sealed class Row
    {
        public bool IsDue { get; init; }

        public long Id { get; init; }

        public long AccountId { get; init; }

        public long ConnectionId { get; init; }

        public long DialogId { get; init; }

        public required string State { get; init; }

        public int? UpperId { get; init; }

        public long Stored { get; init; }

        public long Pages { get; init; }

        public int? Total { get; init; }

        public int? Remaining { get; init; }

        public long ActiveMs { get; init; }

        public long StartedMs { get; init; }

        public long UpdatedMs { get; init; }

        public long? FinishedMs { get; init; }

        public long? ResumeMs { get; init; }

        public string? ErrorCode { get; init; }

        public Import ToImport() => new()
        {
            Id = Id,
            AccountId = AccountId,
            ConnectionId = ConnectionId,
            DialogId = DialogId,
            State = State switch
            {
                "running" => ImportState.Running,
                "done" => ImportState.Done,
                "failed" => ImportState.Failed,
                "interrupted" => ImportState.Interrupted,
                _ => throw new InvalidOperationException($"Import {Id} is in no known state."),
            },
            UpperId = UpperId,
            Stored = Stored,
            Pages = Pages,
            Total = Total,
            Remaining = Remaining,
            ActiveMs = ActiveMs,
            StartedMs = StartedMs,
            UpdatedMs = UpdatedMs,
            FinishedMs = FinishedMs,
            ResumeMs = ResumeMs,
            ErrorCode = ErrorCode,
        };
    }
}
