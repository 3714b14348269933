namespace Crm.Application.Ports.Storage;

/// <summary>Which parts of a dialog's history are stored whole. Ranges commit through <see cref="IngestBatch.Covered"/>.</summary>
public interface ICoverageStore
{
    /// <summary>A dialog's stored ranges, newest first, none touching another.</summary>
    Task<IReadOnlyList<CoveredRange>> ListAsync(long connectionId, long dialogId, CancellationToken cancellationToken);
}

/// <summary>Every message of the dialog with an id from <paramref name="FromId"/> to <paramref name="ToId"/>, both included, is stored.</summary>
public sealed record CoveredRange(long DialogId, int FromId, int ToId);
