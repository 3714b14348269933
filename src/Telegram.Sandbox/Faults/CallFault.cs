namespace Telegram.Sandbox.Faults;

/// <summary>Something that goes wrong with calls of a method.</summary>
internal abstract record CallFault : Fault
{
    /// <summary>A TL name, or <c>*</c> for all.</summary>
    public required string Method { get; init; }

    /// <summary>How many calls it strikes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many calls pass before.</summary>
    public int After { get; init; }

    public override void Apply(IFaultTarget target)
    {
        if (After is < 0 or > MaxTimes)
        {
            throw Wrong("after", $"must be between 0 and {MaxTimes}.");
        }

        target.Board.Methods.Add(Method, Strike(), CheckTimes(Times, "times"), After);
    }

    /// <summary>What happens to a call.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    protected abstract MethodFault Strike();
}
