namespace Telegram.Mtproto.Handshake;

/// <summary>What a client wants of a handshake.</summary>
public sealed record ClientHandshakeOptions
{
    /// <summary>The data centre: its number, plus 10000 for a test server, negative for a media server; 0 if it is not known.</summary>
    public int DataCenter { get; init; }

    /// <summary>
    /// For a temporary key: for how long it is wanted, in whole seconds of at least one
    /// (<see href="https://core.telegram.org/api/pfs"/>). Null for a permanent key.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }
}
