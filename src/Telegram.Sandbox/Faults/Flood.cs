using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Faults;

/// <summary>Calls of a method are refused with <c>FLOOD_WAIT</c>.</summary>
internal sealed record Flood : CallFault
{
    public required int Seconds { get; init; }

    protected override MethodFault Strike() => new(RpcErrorException.FloodWait((int)CheckSeconds(Seconds, "seconds").TotalSeconds));
}
