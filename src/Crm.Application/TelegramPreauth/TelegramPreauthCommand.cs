using System.Net;
using Crm.Application.AccountAuth;
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

namespace Crm.Application.TelegramPreauth;

/// <summary>
/// Prepares the account's Telegram client for a phone. A code signs in at once. <paramref name="UserId"/> is part of the
/// request's contract but needs no use: the phone alone says which connection is meant.
/// </summary>
public sealed record TelegramPreauthCommand(long AccountId, string Phone, string? CloudPassword, string? Code, long? UserId)
    : IRequest<Result<TelegramPreauthResult>>, ITelegramRequest
{
    /// <summary>Where the caller is, as far as that is known.</summary>
    public IPAddress? Address { get; init; }

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

internal sealed class TelegramPreauthHandler(
    IConnectionStore connections, SignIn signIn, ICloudPasswordVault vault, SignInGuard guard, Locks locks)
    : IRequestHandler<TelegramPreauthCommand, Result<TelegramPreauthResult>>
{
    public async Task<Result<TelegramPreauthResult>> Handle(TelegramPreauthCommand request, CancellationToken cancellationToken)
    {
        if (!Phone.TryParse(request.Phone, out var phone))
        {
            return TelegramErrors.PhoneInvalid;
        }

        using var turn = await locks.SignIns.AcquireAsync(request.AccountId, cancellationToken);
        if (await connections.ClaimPhoneAsync(request.AccountId, phone, cancellationToken) is not { } connection)
        {
            return AccountErrors.NotFound;
        }

        var hadSession = await connections.HasSessionAsync(connection.Id, cancellationToken);
        if (!string.IsNullOrEmpty(request.CloudPassword))
        {
            vault.Put(connection.Id, request.CloudPassword);
        }

        var connected = await signIn.ConnectAsync(connection, replacesUnreadable: true, cancellationToken);
        if (!connected.IsSuccess)
        {
            return connected.Error;
        }

        // A guess that was made counts, also when the caller has gone away in the middle.
        var state = await GoOnAsync(connected.Value, request, CancellationToken.None);
        return state.Map(reached => new TelegramPreauthResult
        {
            AccountId = request.AccountId,
            Messenger = connection.Messenger.Name,
            Phone = phone.Digits,
            SessionFound = hadSession && !connected.Value.SessionReplaced,
            Status = reached.Connection.Status,
            TelegramUser = reached.User,
        });
    }

    private async Task<Result<SignInState>> GoOnAsync(
        SignInState state, TelegramPreauthCommand request, CancellationToken cancellationToken) =>
        state.Connection.Status switch
        {
            ConnectionStatus.Authorized => state,
            ConnectionStatus.PasswordRequired =>
                await TryAsync(request, () => signIn.EnterPasswordAsync(state.Connection, cancellationToken), cancellationToken),
            _ when string.IsNullOrEmpty(request.Code) => state,
            _ => await TryAsync(request, () => signIn.EnterCodeAsync(state.Connection, request.Code, cancellationToken), cancellationToken),
        };

    private Task<Result<SignInState>> TryAsync(
        TelegramPreauthCommand request, Func<Task<Result<SignInState>>> attempt, CancellationToken cancellationToken) =>
        guard.TryCodeAsync(request.AccountId, request.Address, attempt, cancellationToken);
}
