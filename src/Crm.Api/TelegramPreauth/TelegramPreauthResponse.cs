using System.Text.Json.Serialization;
using Crm.Api.Documentation;
using Crm.Api.Telegram;
using Crm.Domain.Connections;

namespace Crm.Api.TelegramPreauth;

/// <summary>The state of the prepared client.</summary>
public sealed class TelegramPreauthResponse
{
    /// <summary>The account's id.</summary>
    [JsonPropertyName("id_account")]
    public required long AccountId { get; init; }

    /// <summary>What is signed in to.</summary>
    [OneOf("telegram")]
    public required string Messenger { get; init; }

    /// <summary>The phone's digits.</summary>
    public required string Phone { get; init; }

    /// <summary>"found" where a stored session is used, "created" where a new one was made.</summary>
    [OneOf("found", "created")]
    public required string Session { get; init; }

    /// <summary>What signing in still needs.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>Who is signed in; null while nobody is.</summary>
    public required TelegramUserResponse? TelegramUser { get; init; }
}
