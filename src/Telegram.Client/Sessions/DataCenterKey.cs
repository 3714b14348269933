using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Client;

/// <summary>What a session knows about one data centre.</summary>
/// <param name="Key">The authorization key made with it.</param>
/// <param name="State">Salts and clock offset, to go on with; they age and can be learnt anew.</param>
/// <param name="SignedIn">The user is signed in there, by a code or by an imported authorization.</param>
internal sealed record DataCenterKey(AuthKey Key, ClientSessionState? State, bool SignedIn);
