namespace Telegram.Sandbox.Proxies;

/// <summary>Why a proxy does not let a client through, beyond what is wrong with a fake TLS greeting.</summary>
internal enum ProxyRefusal
{
    /// <summary>The header was made without any of the secrets.</summary>
    UnknownSecret,

    /// <summary>The secret demands the padded transport, and the client speaks another.</summary>
    WrongTransport,

    /// <summary>There is no such data centre.</summary>
    UnknownDataCenter,
}
