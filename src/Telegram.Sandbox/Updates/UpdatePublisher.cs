using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Faults;
using Telegram.Sandbox.Sessions;
using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Updates;

/// <summary>Pushes updates to the sessions of a user, unless a fault wants otherwise.</summary>
internal sealed class UpdatePublisher(IAuthorizations authorizations, SessionRegistry sessions, FaultBoard faults) : IUpdatePublisher
{
    private static readonly byte[] TooLong = TlSerializer.ToBytes(new UpdatesTooLong());

    public void Publish(long userId, IUpdates updates, long? exceptSessionId = null)
    {
        var receivers = Receivers(userId).Where(session => session.SessionId != exceptSessionId).ToList();
        if (receivers.Count == 0 || faults.SkippedUpdates.TryTake())
        {
            return;
        }

        var bytes = TlSerializer.ToBytes(updates);
        var times = faults.RepeatedUpdates.TryTake() ? 2 : 1;
        for (var time = 0; time < times; time++)
        {
            receivers.ForEach(session => session.Push(bytes));
        }
    }

    public bool HasSessions(long userId) => Receivers(userId).Any();

    /// <summary>Makes the clients of a key whose user was signed out ask for updates, and so learn of it.</summary>
    public void TellRevoked(long authKeyId)
    {
        foreach (var session in sessions.Subscribers(authKeyId))
        {
            session.Push(TooLong);
            sessions.Unsubscribe(authKeyId, session);
        }
    }

    private IEnumerable<SandboxSession> Receivers(long userId) =>
        authorizations.List(userId)
            .Where(one => one.ParentAuthKeyId is null)
            .SelectMany(one => sessions.Subscribers(one.AuthKeyId));
}
