namespace Telegram.Sandbox.World;

/// <summary>What messages are looked for; nulls and zeros ask for nothing.</summary>
internal sealed record MessageFilter(string Text, PeerId? From, int MinDate, int MaxDate)
{
    /// <summary>A kind of content no message has.</summary>
    public const MessageContent NoContent = (MessageContent)byte.MaxValue;

    public MessageContent? Content { get; init; }

    public bool IsEmpty => Text.Length == 0 && From is null && MinDate == 0 && MaxDate == 0 && Content is null;

    public bool Matches(MessageView view) =>
        (Text.Length == 0 || view.Text.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Content is not { } content || view.Content == content)
        && (From is not { } from || view.From == from)
        && (MinDate == 0 || view.Date >= MinDate)
        && (MaxDate == 0 || view.Date <= MaxDate);
}
