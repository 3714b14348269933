namespace Telegram.Sandbox.Faults;

/// <summary>The server's clock is wrong by so much from now on; 0 puts it right.</summary>
internal sealed record ShiftClock : Fault
{
    private const double MaxOffset = 10 * 365.25 * 86_400;

    public required double OffsetSeconds { get; init; }

    public override void Apply(IFaultTarget target)
    {
        if (!(Math.Abs(OffsetSeconds) <= MaxOffset))
        {
            throw Wrong("offset_seconds", "must be within ten years.");
        }

        target.SetClock(TimeSpan.FromSeconds(OffsetSeconds));
    }
}
