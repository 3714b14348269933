namespace Telegram.Sandbox.Faults;

/// <summary>The next updates are pushed twice.</summary>
internal sealed record RepeatUpdate : Fault
{
    public int Count { get; init; } = 1;

    public override void Apply(IFaultTarget target) => target.Board.RepeatedUpdates.Add(CheckTimes(Count, "count"));
}
