using Telegram.Sandbox.Keys;

namespace Telegram.Sandbox.Rpc;

/// <summary>The session a request came in.</summary>
internal interface IRpcCaller
{
    ServerAuthKey Key { get; }

    long SessionId { get; }

    /// <summary>Whether an earlier request of the session was answered with an error.</summary>
    bool HasFailed(long messageId);

    /// <summary>A request of the session was carried out.</summary>
    void OnCalled(RpcContext context, bool withoutUpdates);
}
