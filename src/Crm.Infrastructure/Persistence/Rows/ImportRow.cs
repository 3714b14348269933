using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>imports</c>.</summary>
internal sealed class ImportRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, connection_id AS ConnectionId, dialog_id AS DialogId, state AS State, upper_id AS UpperId,
        stored AS Stored, pages AS Pages, total AS Total, remaining AS Remaining, active_ms AS ActiveMs, started_ms AS StartedMs,
        updated_ms AS UpdatedMs, finished_ms AS FinishedMs, resume_ms AS ResumeMs, error_code AS ErrorCode
        """;

    /// <summary>Whether it is time to tell of it, where that was asked.</summary>
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
