using System.Text.Json.Serialization;
using Crm.Api.Documentation;
using Crm.Api.Telegram;
using Crm.Domain.Connections;

namespace Crm.Api.TelegramAuth;

/// <summary>How far signing in has come; what is said of a code is null unless one is under way.</summary>
public sealed class TelegramAuthResponse
{
    /// <summary>The account's id.</summary>
    [JsonPropertyName("id_account")]
    public required long AccountId { get; init; }

    /// <summary>What is signed in to.</summary>
    [OneOf("telegram")]
    public required string Messenger { get; init; }

    /// <summary>What signing in still needs.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>Who is signed in; null while nobody is.</summary>
    public required TelegramUserResponse? TelegramUser { get; init; }

    /// <summary>How the code travels: app, sms, call, …</summary>
    public required string? CodeType { get; init; }

    /// <summary>How many digits the code has.</summary>
    public required int? CodeLength { get; init; }

    /// <summary>How the next code would travel.</summary>
    public required string? NextType { get; init; }

    /// <summary>Seconds until another code may be asked for.</summary>
    public required int? Timeout { get; init; }

    /// <summary>How many codes may still be tried; after the last another has to be asked for.</summary>
    public required int? TriesLeft { get; init; }
}
