using System.Text.Json.Serialization;
using Crm.Api.Telegram;
using Crm.Domain.Connections;

namespace Crm.Api.TelegramPreauth;

/// <summary>The state of the prepared client.</summary>
public sealed class TelegramPreauthResponse
{
    [JsonPropertyName("id_account")]
    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    /// <summary>The phone's digits.</summary>
    public required string Phone { get; init; }

    /// <summary>"found" where a stored session is used, "created" where a new one was made.</summary>
    public required string Session { get; init; }

    public required ConnectionStatus Status { get; init; }

    public required TelegramUserResponse? TelegramUser { get; init; }
}
