using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Handshake;

/// <summary>What a server's handshakes have in common.</summary>
public sealed record ServerHandshakeOptions
{
    /// <summary>The keys a client may choose from; at least one.</summary>
    public required IReadOnlyList<RsaPrivateKey> Keys { get; init; }

    /// <summary>Whether there is a key with this identifier already; the client then tries another exponent. Called once per exchange.</summary>
    public Func<long, bool> IsKnownKeyId { get; init; } = static _ => false;
}

/// <summary>What became of a client's message.</summary>
public enum ServerHandshakeStatus
{
    /// <summary>An answer was written.</summary>
    Continue,

    /// <summary>The last answer was written and there is a key.</summary>
    Completed,

    /// <summary>There is nothing to answer.</summary>
    Ignored,

    /// <summary>Nothing was written; the connection must be closed.</summary>
    Rejected,
}
