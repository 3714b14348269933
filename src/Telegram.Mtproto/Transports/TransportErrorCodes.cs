namespace Telegram.Mtproto.Transports;

/// <summary>The errors that a server sends in place of a message, before it closes the connection.</summary>
/// <remarks><see href="https://core.telegram.org/mtproto/mtproto-transports#transport-errors"/>.</remarks>
public static class TransportErrorCodes
{
    /// <summary>What HTTP would answer with 403.</summary>
    public const int Forbidden = -403;

    /// <summary>The server does not know the authorization key, or a message was malformed.</summary>
    public const int AuthKeyNotFound = -404;

    /// <summary>Too many connections or messages in too short a time.</summary>
    public const int Flood = -429;

    /// <summary>There is no such data centre here.</summary>
    public const int InvalidDataCenter = -444;
}
