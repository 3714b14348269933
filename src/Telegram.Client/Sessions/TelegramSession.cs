using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// What a client has to remember to stay signed in: its data centre, the authorization key of each data centre it used, and its user.
/// Immutable. Whoever holds the bytes holds the account: they are to be encrypted where they are stored.
/// </summary>
public sealed class TelegramSession
{
    private readonly Dictionary<int, DataCenterKey> _keys;

    internal TelegramSession(int dataCenterId, long? userId, int layer, IEnumerable<KeyValuePair<int, DataCenterKey>> keys)
    {
        DataCenterId = dataCenterId;
        UserId = userId;
        Layer = layer;
        _keys = new Dictionary<int, DataCenterKey>(keys);
    }

    /// <summary>The data centre the account lives in, or is tried first.</summary>
    public int DataCenterId { get; }

    /// <summary>The signed-in user's id; <see langword="null"/> when nobody is signed in.</summary>
    public long? UserId { get; }

    /// <summary>Somebody is signed in, as far as this client knows.</summary>
    public bool IsSignedIn => UserId is not null;

    /// <summary>The TL layer the session was last used with.</summary>
    internal int Layer { get; }

    internal IReadOnlyDictionary<int, DataCenterKey> Keys => _keys;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="TelegramSessionException">The bytes are cut, changed, or not a session at all.</exception>
    public static TelegramSession Parse(ReadOnlySpan<byte> bytes) => SessionFormat.Read(bytes);

    /// <summary>The session in a versioned form with a checksum, about 300 bytes for each data centre used. Not encrypted.</summary>
    public byte[] ToBytes() => SessionFormat.Write(this);

    /// <summary>An authorization key for that data centre is there.</summary>
    public bool HasKey(int dataCenter) => _keys.ContainsKey(dataCenter);

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"TelegramSession {{ DataCenterId = {DataCenterId}, IsSignedIn = {IsSignedIn} }}";

    internal static TelegramSession New(int dataCenter) => new(dataCenter, null, TlRegistry.Layer, []);

    internal DataCenterKey? KeyOf(int dataCenter) => _keys.GetValueOrDefault(dataCenter);

    internal TelegramSession WithDataCenter(int dataCenter) => new(dataCenter, UserId, TlRegistry.Layer, _keys);

    internal TelegramSession WithKey(int dataCenter, AuthKey key, ClientSessionState state) =>
        With(dataCenter, new DataCenterKey(key, state, SignedIn: false));

    internal TelegramSession WithState(int dataCenter, ClientSessionState state) =>
        KeyOf(dataCenter) is { } key ? With(dataCenter, key with { State = state }) : this;

    internal TelegramSession WithoutKey(int dataCenter) =>
        new(DataCenterId, UserId, TlRegistry.Layer, _keys.Where(pair => pair.Key != dataCenter));

    /// <summary>The user is signed in with the key of that data centre; on the account's own, that says who it is.</summary>
    internal TelegramSession WithSignIn(int dataCenter, long userId) =>
        new TelegramSession(DataCenterId, userId, TlRegistry.Layer, _keys).WithSignedInKey(dataCenter);

    internal TelegramSession WithSignedInKey(int dataCenter) =>
        KeyOf(dataCenter) is { } key ? With(dataCenter, key with { SignedIn = true }) : this;

    internal TelegramSession WithSignOut(int dataCenter) =>
        KeyOf(dataCenter) is { } key ? With(dataCenter, key with { SignedIn = false }) : this;

    /// <summary>The user signed out: the account's own key stays, as nobody's; the others are of no use any more.</summary>
    internal TelegramSession WithoutUser() => new(
        DataCenterId,
        null,
        TlRegistry.Layer,
        _keys.Where(pair => pair.Key == DataCenterId).Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { SignedIn = false })));

    /// <summary>Telegram ended the session: its keys are worth nothing.</summary>
    internal TelegramSession Ended() => New(DataCenterId);

    private TelegramSession With(int dataCenter, DataCenterKey key) =>
        new(DataCenterId, UserId, TlRegistry.Layer, _keys.Where(pair => pair.Key != dataCenter).Append(new(dataCenter, key)));
}
