using System.ComponentModel.DataAnnotations;
using Crm.Domain.Dialogs;

namespace Crm.Api.TelegramLoad;

/// <summary>A dialog of the operator's list.</summary>
public sealed class DialogResponse
{
    /// <summary>Without the @; null: none.</summary>
    public required string? Username { get; init; }

    /// <summary>The other side's Telegram id; groups and channels in the Bot API's marked form.</summary>
    public required long Id { get; init; }

    /// <summary>The phone's digits, where Telegram tells them.</summary>
    public required string? Phone { get; init; }

    public required DialogType Type { get; init; }

    /// <summary>A person's name, or the title of a group or channel.</summary>
    public required string Title { get; init; }

    /// <summary>How many messages nobody has read.</summary>
    [Range(0, int.MaxValue)]
    public required int UnreadCount { get; init; }

    /// <summary>The last message's text; null: there is none.</summary>
    public required string? LastMessage { get; init; }

    /// <summary>The last message's time in Unix seconds.</summary>
    public required long? Timestamp { get; init; }
}
