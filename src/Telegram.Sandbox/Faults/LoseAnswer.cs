namespace Telegram.Sandbox.Faults;

/// <summary>Calls of a method are carried out, and their answers never sent.</summary>
internal sealed record LoseAnswer : CallFault
{
    protected override MethodFault Strike() => new(Error: null);
}
