namespace Crm.Api.Telegram;

/// <summary>The Telegram user who is signed in.</summary>
public sealed class TelegramUserResponse
{
    /// <summary>The Telegram user's id.</summary>
    public required long Id { get; init; }

    /// <summary>Without the @; null: none.</summary>
    public required string? Username { get; init; }

    /// <summary>The phone's digits, where Telegram tells them.</summary>
    public required string? Phone { get; init; }

    /// <summary>The first name.</summary>
    public required string? FirstName { get; init; }

    /// <summary>The last name; null: none.</summary>
    public required string? LastName { get; init; }
}
