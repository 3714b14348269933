namespace Telegram.Mtproto.Session;

/// <summary>Why a received payload or message was not accepted.</summary>
public enum RejectReason
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>Too short for an encrypted message, or not made of whole blocks.</summary>
    Truncated,

    /// <summary>Another authorization key than ours.</summary>
    WrongAuthKey,

    /// <summary><c>msg_key</c> is not that of the content: forged, or damaged on the way.</summary>
    Forged,

    /// <summary>A length that the payload cannot have, or padding outside 12 to 1024 bytes.</summary>
    BadLength,

    /// <summary>Another session than ours.</summary>
    WrongSession,

    /// <summary>The identifier's lowest bits are not those of the sender.</summary>
    BadMessageId,

    /// <summary>More than 300 seconds old.</summary>
    TooOld,

    /// <summary>A server has refused it with <c>bad_msg_notification</c> or <c>bad_server_salt</c>; the client can mend that.</summary>
    Refused,

    /// <summary>Content that is not what its constructor promises.</summary>
    Malformed,

    /// <summary>A container in a container, or something else that must not nest.</summary>
    Nested,

    /// <summary>More than the receiver is willing to hold.</summary>
    TooMuch,
}
