namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>
/// Brings everything from a source to a target in batches, each a transaction that also stores how far it has come. Broken off at any
/// moment, the next run goes on behind the last batch that was committed. At the end the target is read again and compared.
/// </summary>
internal sealed class TransferRun(
    ITransferSource source, ITransferTarget target, IProgress<TransferProgress>? progress, int batchRows = TransferRun.BatchRows)
{
    internal const int BatchRows = 2_000;

    /// <summary>Rows are let go of when their texts and bytes have reached this, so that long ones need no more memory than short ones.</summary>
    internal const long BatchBytes = 4 * 1024 * 1024;

    private readonly Dictionary<string, StepProgress> _done = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, long> _totals = new Dictionary<string, long>(StringComparer.Ordinal);
    private long _moved;

    public async Task<TransferReport> RunAsync(CancellationToken cancellationToken)
    {
        _totals = await source.CountAsync(cancellationToken);
        var before = await target.BeginAsync(source.Identity, cancellationToken);
        if (before is null)
        {
            return new TransferReport(_totals, 0, WasComplete: true);
        }

        foreach (var step in TransferSchema.Steps)
        {
            _done[step.Name] = await MoveAsync(step, before.GetValueOrDefault(step.Name, StepProgress.None), cancellationToken);
        }

        await target.SetSequencesAsync(await source.GetSequencesAsync(cancellationToken));
        await source.EnsureUnchangedAsync(cancellationToken);
        foreach (var step in TransferSchema.Steps)
        {
            await CheckAsync(step, cancellationToken);
        }

        await target.FinishAsync();
        return new TransferReport(_totals, _moved, WasComplete: false);
    }

    private async Task<StepProgress> MoveAsync(TransferStep step, StepProgress done, CancellationToken cancellationToken)
    {
        if (done.IsDone)
        {
            return done;
        }

        var batch = new List<TransferRow>(batchRows);
        var bytes = 0L;
        await foreach (var row in source.ReadAsync(step, done.Position, cancellationToken))
        {
            batch.Add(target.Fit(row));
            bytes += SizeOf(row);
            if (batch.Count == batchRows || bytes >= BatchBytes)
            {
                done = await WriteAsync(step, batch, done, isLast: false);
                (bytes, batch) = (0, new List<TransferRow>(batchRows));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await WriteAsync(step, batch, done, isLast: true);
    }

    private async Task<StepProgress> WriteAsync(TransferStep step, List<TransferRow> batch, StepProgress before, bool isLast)
    {
        var after = new StepProgress(
            batch.Count == 0 ? before.Position : source.PositionOf(step, batch[^1]),
            before.Copied + batch.Count,
            unchecked(before.Checksum + RowHash.Sum(batch.Select(row => row.Values))),
            isLast);
        await target.WriteAsync(step, batch, before, after);
        _moved += step.IsLate ? 0 : batch.Count;
        progress?.Report(new TransferProgress(step.Name, after.Copied, _totals.GetValueOrDefault(step.Table.Name), _moved));
        return after;
    }

    private async Task CheckAsync(TransferStep step, CancellationToken cancellationToken)
    {
        var (count, sum) = (0L, 0L);
        await foreach (var row in target.ReadAsync(step, cancellationToken))
        {
            (count, sum) = (count + 1, unchecked(sum + RowHash.Of(row)));
        }

        var expected = _totals.GetValueOrDefault(step.Table.Name);
        var (_, copied, checksum, _) = _done[step.Name];
        if (count != expected || copied != expected)
        {
            throw new TransferException(
                $"{step.Name}: the source has {expected} rows, {copied} were moved and the target holds {count}. Begin again with an empty target.");
        }

        if (sum != checksum)
        {
            throw new TransferException($"{step.Name}: the target holds other rows than were moved. Begin again with an empty target.");
        }
    }

    private static long SizeOf(TransferRow row) => row.Values.Sum(static value => value switch
    {
        string text => 2L * text.Length,
        byte[] bytes => bytes.Length,
        _ => sizeof(long),
    });
}
