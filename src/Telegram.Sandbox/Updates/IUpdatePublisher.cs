using Telegram.Tl.Types;

namespace Telegram.Sandbox.Updates;

/// <summary>Pushes news to the clients of a user.</summary>
internal interface IUpdatePublisher
{
    /// <summary>
    /// Sends to every live session of the user that takes updates. Neither waits nor fails; calls made one after another
    /// arrive in that order.
    /// </summary>
    /// <param name="userId">Whose clients are told.</param>
    /// <param name="updates">What they are told.</param>
    /// <param name="exceptSessionId">The session that learns the same from the answer to its request.</param>
    void Publish(long userId, IUpdates updates, long? exceptSessionId = null);

    /// <summary>
    /// Whether there is anybody to tell. A session that has just lost its connection counts: it is told when it comes back, and has no
    /// other way to learn that it has missed something.
    /// </summary>
    bool HasSessions(long userId);
}
