namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>What a target says about where its rows come from; a row of <c>transfers</c>.</summary>
internal sealed class TransferRecord
{
    public required string Source { get; init; }

    public required string Mark { get; init; }

    public long? FinishedMs { get; init; }

    public static TransferException HoldsOtherData() =>
        new("The target holds data already: take an empty one, or the one an unfinished copy of this source was made to.");

    public static TransferException IsCopiedByAnother() => new("Another process copies into the target.");

    /// <summary>The reason's own words may repeat what a row holds, and stay where they are.</summary>
    public static TransferException DontFit(TransferStep step, IReadOnlyList<TransferRow> rows, Exception reason)
    {
        var (first, last) = rows.Count == 0 ? (0, 0) : (rows[0].Line, rows[^1].Line);
        var where = last == 0 ? "" : $" (lines {first} to {last})";
        return new TransferException(
            $"{step.Name}: the target refuses rows{where}: a key is there twice, a row they refer to is missing, or a value must be there.", reason);
    }

    /// <summary>Refuses to go on with anything but a copy of this source as it now is.</summary>
    public void Require(TransferIdentity source)
    {
        if (Source != source.Source)
        {
            throw HoldsOtherData();
        }

        if (Mark != source.Mark)
        {
            throw new TransferException("The source has been used since this copy of it began: begin again with an empty target.");
        }
    }
}

/// <summary>A row of <c>transfer_steps</c>.</summary>
internal sealed class StepRecord
{
    public required string Step { get; init; }

    public string? Position { get; init; }

    public long Copied { get; init; }

    public long Checksum { get; init; }

    public bool IsDone { get; init; }

    public StepProgress ToProgress() => new(Position, Copied, Checksum, IsDone);
}
