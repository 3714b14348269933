using Telegram.Mtproto.Transports;

namespace Telegram.Client;

/// <summary>Why a connection ended.</summary>
internal enum LinkEnd
{
    /// <summary>The other side, or the network, closed it.</summary>
    Closed,

    /// <summary>We closed it.</summary>
    Stopped,

    /// <summary>Nobody answered any more.</summary>
    Unresponsive,

    /// <summary>What came was not from the server we share a key with, or broken beyond doubt.</summary>
    Refused,

    /// <summary>Transport error -404: the server does not know our key.</summary>
    KeyUnknown,

    /// <summary>Transport error -429: too many connections.</summary>
    Flooded,

    /// <summary>Transport error -444: the data centre is another one.</summary>
    WrongDataCenter,

    /// <summary>Another transport error.</summary>
    TransportError,
}

internal static class LinkEnds
{
    /// <summary>What a transport error means.</summary>
    public static LinkEnd FromTransportError(int code) => code switch
    {
        TransportErrorCodes.AuthKeyNotFound => LinkEnd.KeyUnknown,
        TransportErrorCodes.Flood => LinkEnd.Flooded,
        TransportErrorCodes.InvalidDataCenter => LinkEnd.WrongDataCenter,
        _ => LinkEnd.TransportError,
    };
}
