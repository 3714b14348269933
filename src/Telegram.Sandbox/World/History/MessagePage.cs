namespace Telegram.Sandbox.World;

/// <summary>A page of messages, how many there are in all, and how many newer ones stand before it.</summary>
internal sealed record MessagePage(List<MessageView> Messages, int Total, int Offset)
{
    /// <summary>The whole could not be looked through, so the total is a lower bound.</summary>
    public bool Inexact { get; init; }

    public static MessagePage Empty { get; } = new([], 0, 0);
}
