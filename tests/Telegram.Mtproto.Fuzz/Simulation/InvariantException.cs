namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>Something happened in a simulated run that never may.</summary>
/// <param name="message">What.</param>
internal sealed class InvariantException(string message) : Exception(message)
{
    public static void Demand(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new InvariantException(invariant);
        }
    }
}
