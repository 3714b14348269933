namespace Crm.Application.Ports.Storage;

/// <summary>Imports of dialogs' histories: one unfinished one a dialog at most. Their pages commit through <see cref="IngestBatch.Import"/>.</summary>
public interface IImportStore
{
    /// <summary>The dialog's unfinished import set to run, or a new one, which is told.</summary>
    Task<Import> BeginAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>Ends an import, or interrupts it, and tells it; one that has ended already stays as it is.</summary>
    Task EndAsync(long importId, ImportEnd end, CancellationToken cancellationToken);

    Task<Import?> FindUnfinishedAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>Every import that runs, was interrupted, or ran when a process ended.</summary>
    Task<IReadOnlyList<Import>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>An account's imports, newest first.</summary>
    Task<IReadOnlyList<Import>> ListAsync(long accountId, int limit, CancellationToken cancellationToken);

    /// <summary>One of an account's imports; null when the account has no such import.</summary>
    Task<Import?> FindAsync(long accountId, long importId, CancellationToken cancellationToken);
}

public enum ImportState
{
    Running,
    Done,
    Failed,

    /// <summary>Goes on by itself at <see cref="Import.ResumeMs"/>.</summary>
    Interrupted,
}

/// <summary>How an import ends; <paramref name="ResumeAt"/> only where it is interrupted.</summary>
public sealed record ImportEnd(ImportState State, string? ErrorCode = null, DateTimeOffset? ResumeAt = null);

/// <summary>An import and its figures. Times are Unix milliseconds.</summary>
public sealed record Import
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long ConnectionId { get; init; }

    public required long DialogId { get; init; }

    public required ImportState State { get; init; }

    /// <summary>The newest message's id when it began; null until the first page came.</summary>
    public int? UpperId { get; init; }

    /// <summary>Messages it has stored.</summary>
    public long Stored { get; init; }

    public long Pages { get; init; }

    /// <summary>How many messages the dialog has, as Telegram reports it.</summary>
    public int? Total { get; init; }

    /// <summary>How many of them are older than the last page.</summary>
    public int? Remaining { get; init; }

    /// <summary>How long it has been at work, pauses left out.</summary>
    public long ActiveMs { get; init; }

    public required long StartedMs { get; init; }

    public required long UpdatedMs { get; init; }

    public long? FinishedMs { get; init; }

    public long? ResumeMs { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>Whether an unfinished one may go on by itself: it ran when it was broken off, or its time has come.</summary>
    public bool IsDue(DateTimeOffset now) => ResumeMs is not { } resumeMs || resumeMs <= now.ToUnixTimeMilliseconds();

    /// <summary>Messages stored in a second of work; null before there is anything to tell from.</summary>
    public double? Rate => ActiveMs > 0 ? Math.Round(Stored * 1000.0 / ActiveMs, 1) : null;

    /// <summary>Seconds until it is done at that rate; null when unknown.</summary>
    public long? SecondsLeft => State switch
    {
        ImportState.Done => 0,
        ImportState.Running when Rate is > 0 and { } rate && Remaining is { } remaining => (long)Math.Ceiling(remaining / rate),
        _ => null,
    };
}
