namespace Crm.Api.TelegramHandler;

/// <summary>Whether new messages are kept.</summary>
public sealed class ListeningResponse
{
    public required bool Listening { get; init; }

    /// <summary>Since when, in Unix seconds.</summary>
    public required long? Since { get; init; }
}
