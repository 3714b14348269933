using System.Net;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Keys;

namespace Telegram.Sandbox.Rpc;

/// <summary>Who calls, from where, and until when it matters.</summary>
internal sealed class RpcContext
{
    /// <summary>The key the request was encrypted with, which may be a temporary one; null for a request that came over no connection.</summary>
    public ServerAuthKey? TransportKey { get; init; }

    /// <summary>The permanent key's id, also when the connection runs on a temporary key bound to it.</summary>
    public required long AuthKeyId { get; init; }

    public required long SessionId { get; init; }

    /// <summary>The request's msg_id.</summary>
    public required long MessageId { get; init; }

    public required int DcId { get; init; }

    public required ClientInfo Client { get; init; }

    public required IPAddress ClientAddress { get; init; }

    /// <summary>The sandbox's clock, which the fault <c>clock</c> moves.</summary>
    public required TimeProvider Time { get; init; }

    public required IAuthorizations Authorizations { get; init; }

    /// <summary>Fires when the answer is wanted no longer: <c>rpc_drop_answer</c>, session gone, server stopping.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The user signed in with this key at this moment; changes when the handler signs one in.</summary>
    public long? UserId => Authorizations.FindUser(AuthKeyId);

    /// <summary>The user signed in with this key.</summary>
    /// <exception cref="RpcErrorException">Nobody is signed in.</exception>
    public long RequireUserId() =>
        UserId ?? throw RpcErrorException.Unauthorized(Authorizations.WasRevoked(AuthKeyId) ? "SESSION_REVOKED" : "AUTH_KEY_UNREGISTERED");
}
