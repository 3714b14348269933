using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Faults;

/// <summary>The next calls of a method are refused with <c>FLOOD_WAIT</c>.</summary>
internal sealed record Flood : Fault
{
    public required string Method { get; init; }

    public required int Seconds { get; init; }

    public int Times { get; init; } = 1;

    public override void Apply(IFaultTarget target)
    {
        var seconds = (int)CheckSeconds(Seconds, "seconds").TotalSeconds;
        target.Board.Methods.Add(Method, new MethodFault(RpcErrorException.FloodWait(seconds)), CheckTimes(Times, "times"));
    }
}
