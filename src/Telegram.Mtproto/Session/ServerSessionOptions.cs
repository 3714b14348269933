namespace Telegram.Mtproto.Session;

/// <summary>How a server session behaves. One instance serves any number of sessions.</summary>
public sealed record ServerSessionOptions
{
    /// <summary>The values of this record's defaults.</summary>
    public static ServerSessionOptions Default { get; } = new();

    /// <summary>How long acknowledgements wait for an answer to make them needless.</summary>
    public TimeSpan AckDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most bytes put into one container.</summary>
    public int MaxContainerBytes { get; init; } = 64 * 1024;

    /// <summary>Answers of more bytes are sent as <c>gzip_packed</c> if that is smaller; <see cref="int.MaxValue"/> for never.</summary>
    public int CompressAbove { get; init; } = 1024;

    /// <summary>An answer of more bytes is not simply sent again when its request is repeated: <c>msg_detailed_info</c> offers it.</summary>
    public int LargeAnswerBytes { get; init; } = 256 * 1024;

    /// <summary>The most bytes a request may have after inflating.</summary>
    public int MaxInflatedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many requests of one session may wait for their answers at once.</summary>
    public int MaxRunningRequests { get; init; } = 2048;

    /// <summary>How many messages are kept for a client that does not acknowledge them; beyond that the oldest are forgotten.</summary>
    public int MaxUnacknowledged { get; init; } = 1024;

    /// <summary>How many bytes of them.</summary>
    public int MaxUnacknowledgedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many received identifiers are remembered to recognise repeats.</summary>
    public int ReceivedIdCapacity { get; init; } = 512;
}
