using System.Collections.Concurrent;
using System.Collections.Immutable;
using Telegram.Sandbox.Keys;

namespace Telegram.Sandbox.Sessions;

/// <summary>The sessions in memory: by auth key and session id, and by the signed-in key they take updates for.</summary>
internal sealed class SessionRegistry
{
    /// <summary>How many sessions one key may have; the one that has been silent longest makes room for another.</summary>
    private const int MaxPerKey = 64;

    // A client that comes back within this time finds its session, with what it has missed; later, it gets a new one.
    private static readonly TimeSpan DetachedLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, ImmutableArray<SandboxSession>> _byKey = new();
    private readonly ConcurrentDictionary<long, ImmutableArray<SandboxSession>> _subscribers = new();

    public int Count => _byKey.Sum(pair => pair.Value.Length);

    public IEnumerable<SandboxSession> All => _byKey.SelectMany(pair => pair.Value);

    public ImmutableArray<SandboxSession> Of(long keyId) => _byKey.TryGetValue(keyId, out var sessions) ? sessions : [];

    public SandboxSession? Find(long keyId, long sessionId) => Of(keyId).FirstOrDefault(one => one.SessionId == sessionId);

    /// <summary>Finds the session, or makes it. Only for sessions of <paramref name="key"/>, whose gate is held.</summary>
    public SandboxSession GetOrAdd(ServerAuthKey key, long sessionId, Func<SandboxSession> create)
    {
        if (Find(key.Id, sessionId) is { } found)
        {
            return found;
        }

        if (Of(key.Id) is { Length: >= MaxPerKey } siblings)
        {
            Remove(siblings.MinBy(one => (one.IsConnected, one.LastSeen))!);
        }

        var made = create();
        Add(_byKey, key.Id, made);
        return made;
    }

    public bool Remove(SandboxSession session)
    {
        var removed = Remove(_byKey, session.Key.Id, session);
        if (removed)
        {
            if (session.SubscribedTo is { } owner)
            {
                Unsubscribe(owner, session);
            }

            session.Close();
        }

        return removed;
    }

    public void Clear()
    {
        foreach (var session in All)
        {
            Remove(session);
        }
    }

    /// <summary>Sends what is due, and forgets the sessions nobody came back to.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var session in All)
        {
            if (session.Tick(now) > DetachedLifetime)
            {
                Remove(session);
            }
        }
    }

    /// <summary>The sessions that take the updates of whoever is signed in with a key.</summary>
    public ImmutableArray<SandboxSession> Subscribers(long ownerKeyId) =>
        _subscribers.TryGetValue(ownerKeyId, out var sessions) ? sessions : [];

    public void Subscribe(long ownerKeyId, SandboxSession session) => Add(_subscribers, ownerKeyId, session);

    public void Unsubscribe(long ownerKeyId, SandboxSession session)
    {
        session.SubscribedTo = null;
        Remove(_subscribers, ownerKeyId, session);
    }

    private static void Add(ConcurrentDictionary<long, ImmutableArray<SandboxSession>> index, long id, SandboxSession session) =>
        index.AddOrUpdate(id, static (_, one) => [one], static (_, all, one) => all.Contains(one) ? all : all.Add(one), session);

    private static bool Remove(ConcurrentDictionary<long, ImmutableArray<SandboxSession>> index, long id, SandboxSession session)
    {
        while (index.TryGetValue(id, out var all))
        {
            var rest = all.Remove(session);
            if (rest.Length == all.Length)
            {
                return false;
            }

            // An empty entry must go, and only if nobody has added to it meanwhile.
            if (rest.IsEmpty
                ? index.TryRemove(new KeyValuePair<long, ImmutableArray<SandboxSession>>(id, all))
                : index.TryUpdate(id, rest, all))
            {
                return true;
            }
        }

        return false;
    }
}
