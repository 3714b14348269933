namespace Telegram.Client;

/// <summary>What the engine wants to be asked of Telegram.</summary>
internal abstract record UpdateRequest
{
    private UpdateRequest()
    {
    }

    /// <summary><c>updates.getState</c>: there is no position to go on from.</summary>
    public sealed record State : UpdateRequest;

    /// <summary><c>updates.getDifference</c>.</summary>
    public sealed record Difference(UpdatePosition From) : UpdateRequest;

    /// <summary><c>updates.getChannelDifference</c>.</summary>
    public sealed record ChannelDifference(ChannelPosition From) : UpdateRequest;
}
