namespace Telegram.Mtproto.Transports;

/// <summary>Whether a connection's transport is known.</summary>
public enum TransportDetectionStatus
{
    /// <summary>More has to arrive first.</summary>
    NeedMoreData,

    /// <summary>It is.</summary>
    Detected,

    /// <summary>It is none: close the connection.</summary>
    Rejected,
}
