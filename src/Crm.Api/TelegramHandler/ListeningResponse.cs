namespace Crm.Api.TelegramHandler;

/// <summary>Whether new messages are kept.</summary>
public sealed class ListeningResponse
{
    /// <summary>Whether new messages are kept.</summary>
    public required bool Listening { get; init; }

    /// <summary>Since when, in Unix seconds; null while they are not.</summary>
    public required long? Since { get; init; }
}
