using System.Collections.Concurrent;
using Telegram.Sandbox.Updates;
using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Hands every push to the sessions of its user, having been through the wire format.</summary>
internal sealed class RecordingPublisher : IUpdatePublisher
{
    private readonly ConcurrentDictionary<(long User, long Session), ConcurrentQueue<IUpdates>> _sessions = new();

    public void Connect(long userId, long sessionId) => _sessions.TryAdd((userId, sessionId), new ConcurrentQueue<IUpdates>());

    public void Disconnect(long userId, long sessionId) => _sessions.TryRemove((userId, sessionId), out _);

    public bool HasSessions(long userId) => _sessions.Keys.Any(key => key.User == userId);

    public void Publish(long userId, IUpdates updates, long? exceptSessionId = null)
    {
        var reader = new TlReader(TlSerializer.ToBytes(updates));
        var copy = IUpdates.Read(ref reader);
        reader.EnsureAtEnd();
        foreach (var (key, queue) in _sessions)
        {
            if (key.User == userId && key.Session != exceptSessionId)
            {
                queue.Enqueue(copy);
            }
        }
    }

    /// <summary>What a session was pushed since it was last asked.</summary>
    public List<IUpdate> Take(long userId, long sessionId)
    {
        var updates = new List<IUpdate>();
        while (_sessions[(userId, sessionId)].TryDequeue(out var pushed))
        {
            updates.AddRange(pushed is UpdateShort brief ? [brief.Update] : ((Telegram.Tl.Types.Updates)pushed).UpdatesValue);
        }

        return updates;
    }
}
