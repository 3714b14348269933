namespace Telegram.Sandbox.Faults;

/// <summary>The faults that lie in wait. Whoever could be struck asks here first.</summary>
internal sealed class FaultBoard(TimeProvider time)
{
    public StallGate Stalls { get; } = new(time);

    public Countdown CutFrames { get; } = new();

    public Countdown SkippedUpdates { get; } = new();

    public Countdown RepeatedUpdates { get; } = new();

    public MethodFaults Methods { get; } = new();

    /// <summary>Back to fair weather.</summary>
    public void Clear()
    {
        Stalls.End();
        CutFrames.Clear();
        SkippedUpdates.Clear();
        RepeatedUpdates.Clear();
        Methods.Clear();
    }
}
