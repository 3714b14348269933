using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Handshake;

/// <summary>What a handshake gives.</summary>
/// <param name="AuthKey">The key; it is the receiver's to dispose of.</param>
/// <param name="FirstSalt">The first server salt.</param>
/// <param name="TimeOffset">The server's clock minus the local one, to the second; zero on the server.</param>
/// <param name="ExpiresAt">For a temporary key: until when it is valid, by the server's clock.</param>
/// <param name="DataCenter">The data centre the client named; 0 if it named none.</param>
public sealed record HandshakeResult(AuthKey AuthKey, long FirstSalt, TimeSpan TimeOffset, DateTimeOffset? ExpiresAt, int DataCenter)
{
    /// <summary>Names the type only: neither key nor salt belongs in a log.</summary>
    public override string ToString() => nameof(HandshakeResult);
}
