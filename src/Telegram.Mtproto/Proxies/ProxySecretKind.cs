namespace Telegram.Mtproto.Proxies;

/// <summary>What an MTProxy's secret demands of its clients.</summary>
public enum ProxySecretKind
{
    /// <summary>16 bytes: any obfuscated transport.</summary>
    Plain,

    /// <summary><c>dd</c> and 16 bytes: the padded intermediate transport, obfuscated.</summary>
    Padded,

    /// <summary><c>ee</c>, 16 bytes and a domain: as <see cref="Padded"/>, inside what looks like TLS 1.3 with a server of that domain.</summary>
    FakeTls,
}
