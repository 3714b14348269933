namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>Where rows come from: a database, or a file it was exported to.</summary>
internal interface ITransferSource : IAsyncDisposable
{
    TransferIdentity Identity { get; }

    /// <summary>How many rows each table has.</summary>
    Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken);

    /// <summary>The newest id that each table with ids of its own ever gave, also where that row is gone.</summary>
    Task<IReadOnlyDictionary<string, long>> GetSequencesAsync(CancellationToken cancellationToken);

    /// <summary>A step's rows in order of their keys; steps are read in their order.</summary>
    /// <param name="step">Whose rows.</param>
    /// <param name="after">The position to go on behind; null for the beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<TransferRow> ReadAsync(TransferStep step, string? after, CancellationToken cancellationToken);

    /// <summary>Where a row stands, to go on behind it.</summary>
    string PositionOf(TransferStep step, TransferRow row);

    /// <summary>What the source was at the beginning it still is.</summary>
    /// <exception cref="TransferException">Somebody has used it meanwhile.</exception>
    Task EnsureUnchangedAsync(CancellationToken cancellationToken);
}

/// <summary>The database that rows are brought to.</summary>
internal interface ITransferTarget : IAsyncDisposable
{
    /// <summary>Begins, or goes on; answers how far each step has come, or null when all of it was finished before.</summary>
    /// <exception cref="TransferException">The database holds anything else.</exception>
    Task<IReadOnlyDictionary<string, StepProgress>?> BeginAsync(TransferIdentity source, CancellationToken cancellationToken);

    /// <summary>A row as this end can hold it: what is stored, and compared in the end.</summary>
    TransferRow Fit(TransferRow row);

    /// <summary>Stores rows and how far the step is with them, in one transaction.</summary>
    Task WriteAsync(TransferStep step, IReadOnlyList<TransferRow> rows, StepProgress before, StepProgress after);

    /// <summary>No id up to these is given again.</summary>
    Task SetSequencesAsync(IReadOnlyDictionary<string, long> sequences);

    /// <summary>What is stored of a step.</summary>
    IAsyncEnumerable<object?[]> ReadAsync(TransferStep step, CancellationToken cancellationToken);

    /// <summary>All is there: the database may be used.</summary>
    Task FinishAsync();
}

/// <summary>A row, and the line of the file it was read from (0 where there is no file).</summary>
internal readonly record struct TransferRow(object?[] Values, long Line = 0);

/// <summary>Which data it is. The mark changes when the source is used.</summary>
internal sealed record TransferIdentity(string Source, string Mark);

/// <summary>How far a step has come: the last row's position, how many rows, and the sum of their hashes.</summary>
internal sealed record StepProgress(string? Position, long Copied, long Checksum, bool IsDone)
{
    public static readonly StepProgress None = new(null, 0, 0, IsDone: false);
}

/// <summary>It can't be done, and the message says to whoever asked for it why. It holds no row's content and no secret.</summary>
public sealed class TransferException(string message, Exception? innerException = null) : Exception(message, innerException);
