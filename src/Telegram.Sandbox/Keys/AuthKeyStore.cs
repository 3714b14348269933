using System.Buffers.Binary;
using System.Collections.Concurrent;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Storage;

namespace Telegram.Sandbox.Keys;

/// <summary>The auth keys of all data centres in memory, every change of them in a journal.</summary>
internal sealed class AuthKeyStore : IDisposable
{
    /// <summary>How many keys there may be; no more are made then.</summary>
    private const int MaxKeys = 500_000;

    // A key nobody ever spoke with is the rest of a handshake that came to nothing.
    private static readonly TimeSpan UnusedLifetime = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(int DcId, long Id), ServerAuthKey> _keys = new();
    private readonly Journal<AuthKeyRecord> _journal;
    private readonly IRandomSource _random;
    private readonly TimeProvider _time;

    public AuthKeyStore(string path, TimeProvider time, IRandomSource random)
    {
        _time = time;
        _random = random;
        _journal = Journal<AuthKeyRecord>.Open(path, out var records);
        records.ForEach(Apply);
        DropUseless();
        if (records.Count > 2 * _keys.Count + 100)
        {
            _journal.Rewrite(_keys.Values.Select(Record));
        }
    }

    public bool IsFull => _keys.Count >= MaxKeys;

    public int Count => _keys.Count;

    /// <summary>Finds a key of a data centre that has not expired.</summary>
    public ServerAuthKey? Find(int dcId, long id) =>
        _keys.TryGetValue((dcId, id), out var key) && !HasExpired(key) ? key : null;

    public void Add(int dcId, HandshakeResult made)
    {
        var now = _time.GetUtcNow();
        var salts = new ServerSalts(made.FirstSalt, now, _random);
        var key = new ServerAuthKey(made.AuthKey, dcId, now, made.ExpiresAt, salts);
        _journal.Append(Record(key));
        _keys[(dcId, key.Id)] = key;
    }

    public void Bind(ServerAuthKey temporary, long permanentId)
    {
        temporary.PermanentId = permanentId;
        Append(new AuthKeyRecord(temporary.Id, temporary.DcId) { PermanentId = permanentId });
    }

    /// <summary>What the client behind a key last said of itself; kept with the permanent key, which outlives the others.</summary>
    public ClientInfo? ClientOf(ServerAuthKey key) => OwnerOf(key).Client;

    public void Describe(ServerAuthKey key, ClientInfo client)
    {
        var owner = OwnerOf(key);
        if (client != owner.Client)
        {
            owner.Client = client;
            Append(new AuthKeyRecord(owner.Id, owner.DcId) { Client = client });
        }
    }

    /// <summary>Removes a key; with a permanent one, the temporary keys bound to it. Returns what was removed.</summary>
    public IReadOnlyList<ServerAuthKey> Destroy(ServerAuthKey key)
    {
        var removed = _keys.Values.Where(one => one.DcId == key.DcId && (one.Id == key.Id || one.PermanentId == key.Id)).ToList();
        foreach (var one in removed)
        {
            _keys.TryRemove((one.DcId, one.Id), out _);
            _journal.Append(new AuthKeyRecord(one.Id, one.DcId) { Destroyed = true });
        }

        return removed;
    }

    /// <summary>Refuses all salts given out so far (the fault <c>new_salt</c>).</summary>
    public void RotateSalts()
    {
        var now = _time.GetUtcNow();
        foreach (var key in _keys.Values)
        {
            lock (key.Gate)
            {
                key.Salts.Rotate(now);
            }
        }
    }

    public void Dispose() => _journal.Dispose();

    private static AuthKeyRecord Record(ServerAuthKey key) => new(key.Id, key.DcId)
    {
        Key = key.Key.Bytes.ToArray(),
        Created = key.Created,
        Expires = key.Expires,
        PermanentId = key.PermanentId,
        Client = key.Client,
    };

    private ServerAuthKey OwnerOf(ServerAuthKey key) =>
        key.OwnerId is { } owner && _keys.TryGetValue((key.DcId, owner), out var found) ? found : key;

    private bool HasExpired(ServerAuthKey key) => key.Expires <= _time.GetUtcNow();

    /// <summary>Only of keys that still exist: a line about a destroyed one would bring nothing but confusion.</summary>
    private void Append(AuthKeyRecord change)
    {
        if (_keys.ContainsKey((change.DcId, change.Id)))
        {
            _journal.Append(change);
        }
    }

    private void Apply(AuthKeyRecord record)
    {
        if (record.Key is { } bytes)
        {
            _keys[(record.DcId, record.Id)] = Restore(record, bytes);
        }
        else if (record.Destroyed)
        {
            _keys.TryRemove((record.DcId, record.Id), out _);
        }
        else if (_keys.TryGetValue((record.DcId, record.Id), out var key))
        {
            key.PermanentId = record.PermanentId ?? key.PermanentId;
            key.Client = record.Client ?? key.Client;
        }
    }

    private ServerAuthKey Restore(AuthKeyRecord record, byte[] bytes)
    {
        var now = _time.GetUtcNow();
        Span<byte> salt = stackalloc byte[sizeof(long)];
        _random.Fill(salt);

        // Salts are not kept: a client that comes with an old one is told a new one, as it would be after half an hour anyway.
        var salts = new ServerSalts(BinaryPrimitives.ReadInt64LittleEndian(salt), now, _random);
        return new ServerAuthKey(new AuthKey(bytes), record.DcId, record.Created ?? now, record.Expires, salts)
        {
            PermanentId = record.PermanentId,
            Client = record.Client,
        };
    }

    private void DropUseless()
    {
        var oldest = _time.GetUtcNow() - UnusedLifetime;
        foreach (var key in _keys.Values.Where(key => HasExpired(key) || (key.Client is null && key.Created < oldest)).ToList())
        {
            _keys.TryRemove((key.DcId, key.Id), out _);
        }
    }
}
