using System.Collections.Concurrent;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Who is signed in, in memory.</summary>
internal sealed class FakeAuthorizations : IAuthorizations
{
    private readonly ConcurrentDictionary<long, Authorization> _known = new();
    private readonly ConcurrentDictionary<long, bool> _revoked = new();

    public long? FindUser(long authKeyId) => _known.TryGetValue(authKeyId, out var known) ? known.UserId : null;

    public bool WasRevoked(long authKeyId) => _revoked.ContainsKey(authKeyId);

    public Authorization Bind(RpcContext context, long userId)
    {
        _revoked.TryRemove(context.AuthKeyId, out _);
        return _known[context.AuthKeyId] = new Authorization(
            context.AuthKeyId, context.AuthKeyId * 7, userId, context.DcId, context.Client, "127.0.0.1", context.Time.GetUtcNow());
    }

    public bool Unbind(long authKeyId) => _known.TryRemove(authKeyId, out _);

    public IReadOnlyList<Authorization> List(long userId) => [.. _known.Values.Where(known => known.UserId == userId)];

    public bool Revoke(long userId, long hash) =>
        List(userId).FirstOrDefault(known => known.Hash == hash) is { } found && (_revoked[found.AuthKeyId] = Unbind(found.AuthKeyId));

    public int RevokeAll(long userId, long? exceptAuthKeyId = null) =>
        List(userId).Count(known => known.AuthKeyId != exceptAuthKeyId && Revoke(userId, known.Hash));

    public ExportedAuthorization Export(RpcContext context, int toDc) => throw new NotSupportedException();

    public Authorization Import(RpcContext context, long userId, byte[] bytes) => throw new NotSupportedException();
}
