namespace Crm.Api.Telegram;

/// <summary>The Telegram user who is signed in.</summary>
public sealed class TelegramUserResponse
{
    public required long Id { get; init; }

    public required string? Username { get; init; }

    public required string? Phone { get; init; }

    public required string? FirstName { get; init; }

    public required string? LastName { get; init; }
}
