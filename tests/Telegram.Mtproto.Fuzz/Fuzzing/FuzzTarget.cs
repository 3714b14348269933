namespace Telegram.Mtproto.Fuzz.Fuzzing;

/// <summary>Something that reads what a peer sends: makes inputs from valid ones, and tries them.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The most bytes a case may allocate besides those in proportion to its input.</summary>
    public virtual long AllocationBase => 4 * 1024 * 1024;

    /// <summary>Bytes that a case may allocate for each byte of its input.</summary>
    public virtual long AllocationFactor => 256;

    /// <summary>Makes an input: valid, or spoilt in some way.</summary>
    public abstract byte[] Generate(SeededRandom random);

    /// <summary>Tries an input. Any exception is a finding; those that the library declares are caught here.</summary>
    public abstract void Run(byte[] input);

    /// <summary>States what must hold.</summary>
    /// <exception cref="FindingException">It does not.</exception>
    protected static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new FindingException(what);
        }
    }
}
