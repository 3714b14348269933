using Crm.Domain.Dialogs;

namespace Crm.Api.TelegramLoad;

/// <summary>A dialog of the operator's list.</summary>
public sealed class DialogResponse
{
    public required string? Username { get; init; }

    /// <summary>The other side's Telegram id; groups and channels in the Bot API's marked form.</summary>
    public required long Id { get; init; }

    public required string? Phone { get; init; }

    public required DialogType Type { get; init; }

    public required string Title { get; init; }

    public required int UnreadCount { get; init; }

    public required string? LastMessage { get; init; }

    /// <summary>The last message's time in Unix seconds.</summary>
    public required long? Timestamp { get; init; }
}
