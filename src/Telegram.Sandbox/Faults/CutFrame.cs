namespace Telegram.Sandbox.Faults;

/// <summary>The next frames are sent by half, and their connection is closed in the middle of them.</summary>
internal sealed record CutFrame : Fault
{
    public int Times { get; init; } = 1;

    public override void Apply(IFaultTarget target) => target.Board.CutFrames.Add(CheckTimes(Times, "times"));
}
