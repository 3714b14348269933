using System.Text.Json.Serialization;
using Crm.Api.Documentation;
using Crm.Domain.Connections;

namespace Crm.Api.Connections;

/// <summary>How the account's connection stands; what is said of a code is null unless one is under way.</summary>
public sealed class ConnectionResponse
{
    /// <summary>The connection's id; events name it.</summary>
    public required long Id { get; init; }

    /// <summary>The account's id.</summary>
    [JsonPropertyName("id_account")]
    public required long AccountId { get; init; }

    /// <summary>What it connects to.</summary>
    [OneOf("telegram")]
    public required string Messenger { get; init; }

    /// <summary>The phone's digits; null before the first telegram_preauth.</summary>
    public required string? Phone { get; init; }

    /// <summary>How far signing in has come.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>Who is, or was last, signed in.</summary>
    public required long? TelegramUserId { get; init; }

    /// <summary>Whether new messages are kept.</summary>
    public required bool Listening { get; init; }

    /// <summary>Since when, in Unix seconds.</summary>
    public required long? Since { get; init; }

    /// <summary>"reachable" or "away", as of when Telegram was last heard of; null before that.</summary>
    [OneOf("reachable", "away")]
    public required string? Telegram { get; init; }

    /// <summary>How the code travels: app, sms, call, …</summary>
    public required string? CodeType { get; init; }

    /// <summary>How many digits the code has.</summary>
    public required int? CodeLength { get; init; }

    /// <summary>How the next code would travel.</summary>
    public required string? NextType { get; init; }

    /// <summary>Seconds until another code may be asked for.</summary>
    public required int? Timeout { get; init; }

    /// <summary>How many codes may still be tried.</summary>
    public required int? TriesLeft { get; init; }
}
