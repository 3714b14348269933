namespace Telegram.Sandbox.Faults;

/// <summary>The data centres are gone for a while, and come back on the same ports with no session in memory.</summary>
internal sealed record Restart : Fault
{
    public double Seconds { get; init; }

    /// <summary>Returns before the restart is done; a caller on the control port does not wait for it.</summary>
    public override void Apply(IFaultTarget target) =>
        _ = target.RestartAsync(Seconds == 0 ? TimeSpan.Zero : CheckSeconds(Seconds, "seconds"));
}
