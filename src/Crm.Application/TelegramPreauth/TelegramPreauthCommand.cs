using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramPreauth;

/// <summary>
/// Prepares the account's Telegram client for a phone. A code signs in at once. <paramref name="UserId"/> is part of the
/// request's contract but needs no use: the phone alone says which connection is meant.
/// </summary>
public sealed record TelegramPreauthCommand(long AccountId, string Phone, string? CloudPassword, string? Code, long? UserId)
    : IRequest<Result<TelegramPreauthResult>>
{
    public override string ToString() => $"{nameof(TelegramPreauthCommand)} of account {AccountId}";
}

/// <summary>The client's state.</summary>
public sealed class TelegramPreauthResult
{
    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    /// <summary>The phone's digits.</summary>
    public required string Phone { get; init; }

    /// <summary>Whether a stored session was found; else one was created.</summary>
    public required bool SessionFound { get; init; }

    public required ConnectionStatus Status { get; init; }

    public TelegramUser? TelegramUser { get; init; }
}
