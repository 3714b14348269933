using Telegram.Mtproto;
using Telegram.Mtproto.Session;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Sessions;

/// <summary>What every session needs of the server.</summary>
internal sealed record SessionServices(
    SessionRegistry Sessions,
    AuthKeyStore Keys,
    AuthorizationStore Authorizations,
    RequestReader Reader,
    RpcExecutor Executor,
    Counters Counters,
    TimeProvider Time,
    IRandomSource Random)
{
    /// <summary>Finds or makes the session of a key. The key's gate is held.</summary>
    public SandboxSession Open(ServerAuthKey key, long sessionId) =>
        Sessions.GetOrAdd(key, sessionId, () => new SandboxSession(key, sessionId, this));

    /// <summary>Forgets a key at the wish of one of its sessions, which stays until it has said so.</summary>
    public AuthKeyDestruction DestroyKey(SandboxSession asking)
    {
        var destroyed = Keys.Destroy(asking.Key);
        foreach (var key in destroyed)
        {
            Authorizations.Forget(key.Id);
            foreach (var session in Sessions.Of(key.Id).Where(one => one != asking))
            {
                Sessions.Remove(session);
            }
        }

        return destroyed.Count > 0 ? AuthKeyDestruction.Destroyed : AuthKeyDestruction.NotFound;
    }
}
