namespace Telegram.Mtproto.Proxies;

/// <summary>What a server makes of a client's greeting.</summary>
public enum FakeTlsHelloStatus
{
    /// <summary>More has to arrive first.</summary>
    NeedMoreData,

    /// <summary>The client knows the secret.</summary>
    Accepted,

    /// <summary>It is no such greeting.</summary>
    Malformed,

    /// <summary>It was made without any of the secrets.</summary>
    UnknownSecret,

    /// <summary>It was made too long ago, or in the future.</summary>
    Stale,

    /// <summary>Somebody has sent it before.</summary>
    Repeated,
}
