namespace Telegram.Sandbox.World;

/// <summary>Told of what happens, in the order of pts and under the world's lock: it must be quick and must not change the world.</summary>
internal interface IWorldListener
{
    /// <summary>Something moved the pts of a box.</summary>
    /// <param name="state">The world just after it.</param>
    /// <param name="news">The box and what happened in it.</param>
    /// <param name="sessionId">The session that learns of it from the answer to its own request.</param>
    void Happened(WorldState state, BoxNews news, long? sessionId);

    /// <summary>A record was applied: for what an account's other sessions show though it moves no pts.</summary>
    void Applied(WorldState state, JournalRecord record, long? sessionId);
}
