namespace Telegram.Sandbox.Faults;

/// <summary>Ends all of a user's sessions, as when they are ended from another device.</summary>
internal sealed record Revoke : Fault
{
    public required string Phone { get; init; }

    public override void Apply(IFaultTarget target) => target.RevokeAll(Phone);
}
