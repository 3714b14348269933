namespace Telegram.Mtproto.Transports;

/// <summary>Why a connection was not accepted.</summary>
public enum TransportRejection
{
    /// <summary>It was accepted, or it is not known yet.</summary>
    None,

    /// <summary>It speaks no transport, or was obfuscated with another secret.</summary>
    Unknown,

    /// <summary>It speaks HTTP.</summary>
    Http,

    /// <summary>It begins a TLS handshake.</summary>
    Tls,
}
