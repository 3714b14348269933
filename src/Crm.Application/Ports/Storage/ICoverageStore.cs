namespace Crm.Application.Ports.Storage;

/// <summary>Which parts of a dialog's history are stored whole. Ranges commit through <see cref="IngestBatch.Covered"/>.</summary>
public interface ICoverageStore
{
    /// <summary>A dialog's stored ranges, newest first, none touching another.</summary>
    Task<IReadOnlyList<CoveredRange>> ListAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>
    /// The stream of updates that brings a dialog's new messages; null when there is none. It is asked for before the newest page is
    /// read, so that nothing can come between the page and the stream. <see cref="CoverageTop.AllDialogs"/>: the common one of all
    /// that are no channel.
    /// </summary>
    Task<long?> FindStreamAsync(long connectionId, long dialogId, CancellationToken cancellationToken);

    /// <summary>How far every dialog of a connection is covered at its newest end.</summary>
    Task<IReadOnlyList<CoveredTop>> ListTopsAsync(long connectionId, CancellationToken cancellationToken);

    /// <summary>Updates were missed: what comes next doesn't continue what is stored. A null dialog is all that are no channel.</summary>
    Task BreakOffAsync(long connectionId, long? dialogId, CancellationToken cancellationToken);
}

/// <summary>Every message of the dialog with an id from <paramref name="FromId"/> to <paramref name="ToId"/>, both included, is stored.</summary>
public sealed record CoveredRange(long DialogId, int FromId, int ToId);

/// <summary>
/// A dialog's coverage reaches its newest message, read while <paramref name="Stream"/> flowed: what that brings continues it.
/// <paramref name="IsComplete"/>: nothing is missing below it since the connection listens.
/// </summary>
public sealed record CoverageTop(long DialogId, long Stream, bool IsComplete)
{
    /// <summary>
    /// Stands for every dialog that is no channel: whatever was written between the beginning of listening and that of the stream is
    /// stored. A dialog's first message then has nothing missing below it.
    /// </summary>
    public const long AllDialogs = 0;
}

/// <summary>Where a dialog's coverage ends; complete where nothing is missing below that since the connection listens.</summary>
public sealed record CoveredTop(long DialogId, int ToId, bool IsComplete);
