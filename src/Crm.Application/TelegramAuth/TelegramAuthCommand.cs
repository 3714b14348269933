using Crm.Application.Ports.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramAuth;

/// <summary>
/// Asks Telegram for a sign-in code (<paramref name="Flag"/> false), or signs in with it (true). A code of digits gets back
/// the leading zeros that a number loses. <paramref name="Resend"/> asks for another code while one is under way.
/// </summary>
public sealed record TelegramAuthCommand(long AccountId, bool Flag, string? Code, bool Resend)
    : IRequest<Result<TelegramAuthResult>>
{
    public override string ToString() => $"{nameof(TelegramAuthCommand)} of account {AccountId}";
}

/// <summary>How far the sign-in has come; what is said of a code is null unless one is under way.</summary>
public sealed class TelegramAuthResult
{
    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    public required ConnectionStatus Status { get; init; }

    public TelegramUser? TelegramUser { get; init; }

    public string? CodeType { get; init; }

    public int? CodeLength { get; init; }

    public string? NextType { get; init; }

    /// <summary>Seconds until another code may be asked for.</summary>
    public int? Timeout { get; init; }
}
