using System.Security.Cryptography;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Storage;

namespace Telegram.Sandbox.Authorizations;

/// <summary>The authorizations in memory, every change of them in a journal.</summary>
internal sealed class AuthorizationStore : IAuthorizations, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Authorization> _byKey = [];
    private readonly Dictionary<long, List<Authorization>> _byUser = [];
    private readonly HashSet<long> _revoked = [];
    private readonly Journal<AuthorizationRecord> _journal;
    private readonly ExportTickets _tickets;
    private readonly TimeProvider _time;

    public AuthorizationStore(string path, TimeProvider time)
    {
        _time = time;
        _tickets = new ExportTickets(time);
        _journal = Journal<AuthorizationRecord>.Open(path, out var records);
        foreach (var record in records)
        {
            Apply(record);
        }

        if (records.Count > 2 * (_byKey.Count + _revoked.Count) + 100)
        {
            _journal.Rewrite([
                .. _byKey.Values.Select(one => new AuthorizationRecord(one.AuthKeyId, one, Revoked: false)),
                .. _revoked.Select(key => new AuthorizationRecord(key, SignedIn: null, Revoked: true)),
            ]);
        }
    }

    /// <summary>Told, outside of any lock, of each key whose user was signed out from elsewhere.</summary>
    public Action<long> Revoked { get; set; } = static _ => { };

    public long? FindUser(long authKeyId)
    {
        lock (_lock)
        {
            return _byKey.TryGetValue(authKeyId, out var found) ? found.UserId : null;
        }
    }

    public bool WasRevoked(long authKeyId)
    {
        lock (_lock)
        {
            return _revoked.Contains(authKeyId);
        }
    }

    public Authorization Bind(RpcContext context, long userId) => Bind(context, userId, parent: null);

    public bool Unbind(long authKeyId)
    {
        lock (_lock)
        {
            var ended = WithImported(authKeyId);
            ended.ForEach(key => Write(new AuthorizationRecord(key, SignedIn: null, Revoked: false)));
            return ended.Count > 0;
        }
    }

    public IReadOnlyList<Authorization> List(long userId)
    {
        lock (_lock)
        {
            return _byUser.TryGetValue(userId, out var all) ? [.. all.OrderByDescending(one => one.Created)] : [];
        }
    }

    public bool Revoke(long userId, long hash) => RevokeWhere(userId, one => one.Hash == hash) > 0;

    public int RevokeAll(long userId, long? exceptAuthKeyId = null) =>
        RevokeWhere(userId, one => one.AuthKeyId != exceptAuthKeyId && (exceptAuthKeyId is null || one.ParentAuthKeyId != exceptAuthKeyId));

    public ExportedAuthorization Export(RpcContext context, int toDc)
    {
        var userId = context.RequireUserId();
        return new ExportedAuthorization(userId, _tickets.Issue(userId, context.AuthKeyId, toDc));
    }

    public Authorization Import(RpcContext context, long userId, byte[] bytes)
    {
        var parent = _tickets.Redeem(bytes, userId, context.DcId);
        if (parent is null || FindUser(parent.Value) != userId)
        {
            throw RpcErrorException.BadRequest("AUTH_BYTES_INVALID");
        }

        return Bind(context, userId, parent);
    }

    /// <summary>Forgets all there is of a key that exists no more.</summary>
    public void Forget(long authKeyId)
    {
        Unbind(authKeyId);
        lock (_lock)
        {
            if (_revoked.Contains(authKeyId))
            {
                Write(new AuthorizationRecord(authKeyId, SignedIn: null, Revoked: false));
            }
        }
    }

    public void Dispose() => _journal.Dispose();

    private Authorization Bind(RpcContext context, long userId, long? parent)
    {
        // 0 means "this device" in account.resetAuthorization, so no device may be called that.
        var hash = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
        var bound = new Authorization(
            context.AuthKeyId, hash, userId, context.DcId, context.Client, context.ClientAddress.ToString(), _time.GetUtcNow(), parent);
        lock (_lock)
        {
            Write(new AuthorizationRecord(bound.AuthKeyId, bound, Revoked: false));
        }

        return bound;
    }

    private int RevokeWhere(long userId, Func<Authorization, bool> condition)
    {
        List<long> ended;
        lock (_lock)
        {
            var chosen = _byUser.TryGetValue(userId, out var all) ? all.Where(condition).ToList() : [];
            ended = [.. chosen.SelectMany(one => WithImported(one.AuthKeyId)).Distinct()];
            ended.ForEach(key => Write(new AuthorizationRecord(key, SignedIn: null, Revoked: true)));
        }

        ended.ForEach(key => Revoked(key));
        return ended.Count;
    }

    private List<long> WithImported(long authKeyId) =>
        _byKey.TryGetValue(authKeyId, out var own)
            ? [authKeyId, .. _byUser[own.UserId].Where(one => one.ParentAuthKeyId == authKeyId).Select(one => one.AuthKeyId)]
            : [];

    private void Write(AuthorizationRecord record)
    {
        _journal.Append(record);
        Apply(record);
    }

    private void Apply(AuthorizationRecord record)
    {
        if (_byKey.Remove(record.AuthKeyId, out var old))
        {
            var siblings = _byUser[old.UserId];
            siblings.Remove(old);
            if (siblings.Count == 0)
            {
                _byUser.Remove(old.UserId);
            }
        }

        _revoked.Remove(record.AuthKeyId);
        if (record.SignedIn is { } now)
        {
            _byKey.Add(now.AuthKeyId, now);
            (_byUser.TryGetValue(now.UserId, out var siblings) ? siblings : _byUser[now.UserId] = []).Add(now);
        }
        else if (record.Revoked)
        {
            _revoked.Add(record.AuthKeyId);
        }
    }
}
