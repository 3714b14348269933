namespace Telegram.Sandbox.World;

internal enum MessageContent : byte
{
    Text,

    /// <summary>A picture; the text is its caption.</summary>
    Photo,
    Location,

    /// <summary>A service message: the group or channel was made.</summary>
    Created,
}

/// <summary>A message as one box holds it. <see cref="Entities"/> is a serialised vector of MessageEntity, or null.</summary>
internal sealed record MessageView(int Id, PeerId Peer, PeerId From, bool Out, int Date, string Text)
{
    public MessageContent Content { get; init; }

    public byte[]? Entities { get; init; }

    public int EditDate { get; init; }

    public int ReplyTo { get; init; }

    public long RandomId { get; init; }
}
