namespace Telegram.Sandbox.Faults;

/// <summary>Connections stay open, but nothing is read or written for a while.</summary>
internal sealed record Stall : Fault
{
    public required double Seconds { get; init; }

    public override void Apply(IFaultTarget target) => target.Board.Stalls.Begin(CheckSeconds(Seconds, "seconds"));
}
