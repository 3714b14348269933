using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Connections;
using Telegram.Sandbox.Keys;

namespace Telegram.Sandbox.Faults;

/// <summary>The server as faults see it.</summary>
internal sealed class FaultTarget(
    FaultBoard board,
    SandboxClock clock,
    ConnectionRegistry connections,
    AuthKeyStore keys,
    IAuthorizations authorizations,
    ISandboxWorld world,
    DataCenterHost dataCenters) : IFaultTarget
{
    public FaultBoard Board => board;

    public void SetClock(TimeSpan offset)
    {
        var isBack = offset < clock.Offset;
        clock.Offset = offset;
        if (isBack)
        {
            // The salts given out are of a future that is gone, and would be refused until it comes again.
            keys.RotateSalts();
        }
    }

    public void DropConnections() => connections.AbortAll();

    public void RotateSalts() => keys.RotateSalts();

    public void RevokeAll(string phone) =>
        authorizations.RevokeAll(world.FindUserByPhone(phone) ?? throw new ArgumentException("phone must be the phone of a person.", nameof(phone)));

    public Task RestartAsync(TimeSpan downFor) => dataCenters.RestartAsync(downFor);
}
