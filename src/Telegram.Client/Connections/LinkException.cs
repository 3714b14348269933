namespace Telegram.Client;

/// <summary>A connection ended before it could carry anything.</summary>
internal sealed class LinkException(LinkEnd end, string message, Exception? innerException = null)
    : TelegramConnectionException(message, innerException)
{
    public LinkEnd End { get; } = end;
}
