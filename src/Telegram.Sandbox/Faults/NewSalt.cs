namespace Telegram.Sandbox.Faults;

/// <summary>All salts given out so far are refused from now on.</summary>
internal sealed record NewSalt : Fault
{
    public override void Apply(IFaultTarget target) => target.RotateSalts();
}
