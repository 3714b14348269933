namespace Telegram.Mtproto.Session;

/// <summary>How a client session behaves. One instance serves any number of sessions.</summary>
public sealed record ClientSessionOptions
{
    /// <summary>The values of this record's defaults.</summary>
    public static ClientSessionOptions Default { get; } = new();

    /// <summary>How often <c>ping_delay_disconnect</c> is sent.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after the last ping the server closes the connection. More than <see cref="PingInterval"/>.</summary>
    public TimeSpan DisconnectDelay { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long the server may be silent while an answer is owed before it is pinged.</summary>
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may be silent after a ping before it counts as unresponsive.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long acknowledgements wait for something to travel with.</summary>
    public TimeSpan AckDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many acknowledgements are sent at once without waiting longer.</summary>
    public int AckBatch { get; init; } = 16;

    /// <summary>After how long a request of which nothing was heard is asked about with <c>msgs_state_req</c>.</summary>
    public TimeSpan StateRequestAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes put into one container.</summary>
    public int MaxContainerBytes { get; init; } = 64 * 1024;

    /// <summary>The most bytes of one request.</summary>
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>Requests of more bytes are sent as <c>gzip_packed</c> if that is smaller; <see cref="int.MaxValue"/> for never.</summary>
    public int CompressAbove { get; init; } = 1024;

    /// <summary>The most bytes an answer may have after inflating.</summary>
    public int MaxInflatedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How often a request is sent again after refusals by <c>bad_msg_notification</c> and <c>bad_server_salt</c> before it fails.</summary>
    public int MaxRefusals { get; init; } = 5;

    /// <summary>How many future salts are asked for, 1 to 64.</summary>
    public int FutureSaltCount { get; init; } = 8;

    /// <summary>How many received identifiers are remembered to recognise repeats.</summary>
    public int ReceivedIdCapacity { get; init; } = 256;
}
