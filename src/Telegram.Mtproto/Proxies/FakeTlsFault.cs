namespace Telegram.Mtproto.Proxies;

/// <summary>What is wrong with a stream that should look like TLS.</summary>
public enum FakeTlsFault
{
    /// <summary>It is no such record.</summary>
    InvalidRecord,

    /// <summary>A record without content.</summary>
    RecordEmpty,

    /// <summary>A record longer than TLS allows.</summary>
    RecordTooLong,

    /// <summary>The other side ended the connection with an alert.</summary>
    Alert,

    /// <summary>The server does not know the secret, or is no proxy at all.</summary>
    WrongDigest,
}
