using System.Net;
using Crm.Application.Concurrency;
using Crm.Application.Guessing;
using Crm.Application.Ownership;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.TelegramAuth;

/// <summary>
/// Asks Telegram for a sign-in code (<paramref name="Flag"/> false), or signs in with it (true). A code of digits gets back
/// the leading zeros that a number loses. <paramref name="Resend"/> asks for another code while one is under way.
/// </summary>
public sealed record TelegramAuthCommand(long AccountId, bool Flag, string? Code, bool Resend)
    : IRequest<Result<TelegramAuthResult>>, ITelegramRequest
{
    /// <summary>Where the caller is, as far as that is known.</summary>
    public IPAddress? Address { get; init; }

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

    /// <summary>How many codes may still be tried.</summary>
    public int? TriesLeft { get; init; }
}

internal sealed class TelegramAuthHandler(
    IConnectionStore connections, SignIn signIn, ICloudPasswordVault vault, SignInGuard guard, Locks locks, TimeProvider time)
    : IRequestHandler<TelegramAuthCommand, Result<TelegramAuthResult>>
{
    public async Task<Result<TelegramAuthResult>> Handle(TelegramAuthCommand request, CancellationToken cancellationToken)
    {
        using var turn = await locks.SignIns.AcquireAsync(request.AccountId, cancellationToken);
        var connection = await connections.FindCurrentAsync(request.AccountId, cancellationToken);
        if (connection?.Phone is null)
        {
            return TelegramErrors.PreauthRequired;
        }

        if (request.Flag && connection.Status is ConnectionStatus.PasswordRequired && vault.Find(connection.Id) is null)
        {
            // The code has done its part; the password lived in memory only, and was wrong, never given, or lost with the process.
            return TelegramErrors.PasswordRequired;
        }

        if (request.Flag && IsCodeMissing(connection, request.Code))
        {
            return Error.Validation("code", "'code' is required when flag is true.");
        }

        var connected = await signIn.ConnectAsync(connection, replacesUnreadable: false, cancellationToken);
        if (!connected.IsSuccess)
        {
            return connected.Error;
        }

        // A code that was sent, a guess that was made: both count, also when the caller has gone away in the middle.
        var state = await GoOnAsync(connected.Value, request, CancellationToken.None);
        return state.Map(Describe);
    }

    private static bool IsCodeMissing(Connection connection, string? code) =>
        string.IsNullOrEmpty(code) && connection.Status is not ConnectionStatus.PasswordRequired;

    private async Task<Result<SignInState>> GoOnAsync(SignInState state, TelegramAuthCommand request, CancellationToken cancellationToken)
    {
        var connection = state.Connection;
        return connection.Status switch
        {
            ConnectionStatus.Authorized => state,
            ConnectionStatus.PasswordRequired when request.Flag || !request.Resend =>
                await TryAsync(request, () => signIn.EnterPasswordAsync(connection, cancellationToken), cancellationToken),
            _ when request.Flag =>
                await TryAsync(request, () => signIn.EnterCodeAsync(connection, request.Code ?? "", cancellationToken), cancellationToken),
            _ => await signIn.RequestCodeAsync(connection, request.Resend, cancellationToken),
        };
    }

    private Task<Result<SignInState>> TryAsync(
        TelegramAuthCommand request, Func<Task<Result<SignInState>>> attempt, CancellationToken cancellationToken) =>
        guard.TryCodeAsync(request.AccountId, request.Address, attempt, cancellationToken);

    private TelegramAuthResult Describe(SignInState state)
    {
        var code = state.Connection.PendingCode;
        return new TelegramAuthResult
        {
            AccountId = state.Connection.AccountId,
            Messenger = state.Connection.Messenger.Name,
            Status = state.Connection.Status,
            TelegramUser = state.User,
            CodeType = code?.Type,
            CodeLength = code?.Length,
            NextType = code?.NextType,
            Timeout = code?.SecondsLeft(time.GetUtcNow()),
            TriesLeft = code?.TriesLeft,
        };
    }
}
