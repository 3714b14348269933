namespace Telegram.Sandbox.Faults;

/// <summary>The next updates are pushed to nobody, so that clients see a gap.</summary>
internal sealed record SkipUpdate : Fault
{
    public int Count { get; init; } = 1;

    public override void Apply(IFaultTarget target) => target.Board.SkippedUpdates.Add(CheckTimes(Count, "count"));
}
