namespace Telegram.Sandbox.Faults;

/// <summary>The next calls of a method are carried out, and their answers never sent.</summary>
internal sealed record LoseAnswer : Fault
{
    public required string Method { get; init; }

    public int Times { get; init; } = 1;

    public override void Apply(IFaultTarget target) =>
        target.Board.Methods.Add(Method, new MethodFault(Error: null), CheckTimes(Times, "times"));
}
