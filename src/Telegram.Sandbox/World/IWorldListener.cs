namespace Telegram.Sandbox.World;

/// <summary>Told of what happens, in the order of pts and under the world's lock: it must be quick and must not call back into a change.</summary>
internal interface IWorldListener
{
    /// <summary>Something moved the pts of a box.</summary>
    /// <param name="happened">The box and what happened in it.</param>
    /// <param name="sessionId">The session that learns of it from the answer to its own request.</param>
    void Happened(BoxNews happened, long? sessionId);

    /// <summary>Reads and pins that move no pts but that an account's other sessions show.</summary>
    void Changed(JournalRecord change, long? sessionId);
}
