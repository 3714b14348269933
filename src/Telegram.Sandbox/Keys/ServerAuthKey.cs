using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Keys;

/// <summary>An auth key as its data centre knows it.</summary>
internal sealed class ServerAuthKey(AuthKey key, int dcId, DateTimeOffset created, DateTimeOffset? expires, ServerSalts salts)
{
    /// <summary>Held while a session of this key, or its salts, is worked with: the sessions of a key share its salts.</summary>
    public Lock Gate { get; } = new();

    public AuthKey Key { get; } = key;

    public long Id => Key.Id;

    public int DcId { get; } = dcId;

    public DateTimeOffset Created { get; } = created;

    /// <summary>When a temporary key ends; null for a permanent one.</summary>
    public DateTimeOffset? Expires { get; } = expires;

    public ServerSalts Salts { get; } = salts;

    /// <summary>The permanent key a temporary one is bound to.</summary>
    public long? PermanentId { get; set; }

    /// <summary>What the client last said of itself.</summary>
    public ClientInfo? Client { get; set; }

    public bool IsTemporary => Expires is not null;

    /// <summary>The key that stands for the client: the permanent one. Null while a temporary key is bound to none.</summary>
    public long? OwnerId => IsTemporary ? PermanentId : Id;
}
