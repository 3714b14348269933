using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>What the update engine is to be told.</summary>
internal abstract record UpdateNews
{
    private UpdateNews()
    {
    }

    /// <summary>The server pushed this, or answered a call with it.</summary>
    public sealed record Pushed(IUpdates Updates) : UpdateNews;

    /// <summary>A call moved a counter; <see cref="ChannelId"/> is null for the account's own.</summary>
    public sealed record Affected(long? ChannelId, int Pts, int Count) : UpdateNews;

    /// <summary>A call told where channels stand.</summary>
    public sealed record Positions(IReadOnlyList<ChannelPosition> Channels) : UpdateNews;

    /// <summary>The session is over.</summary>
    public sealed record Ended(SessionRevokedException Error) : UpdateNews;

    /// <summary>A request of the engine's own was answered, with a result or an error.</summary>
    public sealed record Answered(UpdateRequest Request, ITlObject? Result, Exception? Error) : UpdateNews;
}
