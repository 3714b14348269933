namespace Telegram.Sandbox.Faults;

/// <summary>Closes every client's connection at once.</summary>
internal sealed record DropConnections : Fault
{
    public override void Apply(IFaultTarget target) => target.DropConnections();
}
