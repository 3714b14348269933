using System.Net;
using Crm.Application.Guessing;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Accounts;
using MediatR;
using Microsoft.Extensions.Options;

namespace Crm.Application.AccountAuth;

/// <summary>Signs an account in, adding it where its login is unknown.</summary>
public sealed record AccountAuthCommand(string Login, string Password, int ApiId, string ApiHash)
    : IRequest<Result<AccountAuthResult>>
{
    /// <summary>Where the caller is, as far as that is known.</summary>
    public IPAddress? Address { get; init; }

    public override string ToString() => nameof(AccountAuthCommand);
}

/// <summary>Who signed in.</summary>
public sealed class AccountAuthResult
{
    public required long ConnectionId { get; init; }

    public required long AccountId { get; init; }

    public required string Messenger { get; init; }

    public required string Login { get; init; }

    /// <summary>What access tokens carry, so that they can be revoked; not for callers.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Whether this call added the account.</summary>
    public required bool Created { get; init; }
}

internal sealed class AccountAuthHandler(
    IAccountStore accounts, IPasswordHashing passwords, SignInGuard guard, IOptions<AccountsOptions> options)
    : IRequestHandler<AccountAuthCommand, Result<AccountAuthResult>>
{
    public async Task<Result<AccountAuthResult>> Handle(AccountAuthCommand request, CancellationToken cancellationToken)
    {
        if (!Login.TryParse(request.Login, out var login))
        {
            return Error.Validation("login", "The login is not valid.");
        }

        return await guard.TryAsync(login, request.Address, () => SignInAsync(login, request, cancellationToken), cancellationToken);
    }

    private async Task<Result<AccountAuthResult>> SignInAsync(Login login, AccountAuthCommand request, CancellationToken cancellationToken)
    {
        var result = await SignInOrAddAsync(login, request, cancellationToken);
        if (result.IsSuccess)
        {
            await guard.ForgiveAsync(login, request.Address, cancellationToken);
        }

        return result;
    }

    private async Task<Result<AccountAuthResult>> SignInOrAddAsync(
        Login login, AccountAuthCommand request, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByLoginAsync(login, cancellationToken);
        if (account is null && options.Value.AllowRegistration)
        {
            var added = await TryAddAsync(login, request, cancellationToken);
            if (!added.IsSuccess || added.Value is not null)
            {
                return added.Map(result => result!);
            }

            // Another process was faster: its row decides.
            account = await accounts.FindByLoginAsync(login, cancellationToken);
        }

        return await SignInAsync(account, request, cancellationToken);
    }

    private async Task<Result<AccountAuthResult?>> TryAddAsync(Login login, AccountAuthCommand request, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(request.Password, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var added = await accounts.TryAddAsync(new NewAccount(login, hash.Value, request.ApiId, request.ApiHash), cancellationToken);
        return Result.Success(added is null ? null : Describe(added, created: true));
    }

    private async Task<Result<AccountAuthResult>> SignInAsync(Account? account, AccountAuthCommand request, CancellationToken cancellationToken)
    {
        var verdict = await passwords.VerifyAsync(account?.PasswordHash, request.Password, cancellationToken);
        if (!verdict.IsSuccess)
        {
            return verdict.Error;
        }

        if (account is null || verdict.Value is PasswordVerdict.Wrong)
        {
            return AccountErrors.PasswordWrong;
        }

        string? newHash = null;
        if (verdict.Value is PasswordVerdict.RightButOutdated)
        {
            var hash = await passwords.HashAsync(request.Password, cancellationToken);
            newHash = hash.IsSuccess ? hash.Value : null;
        }

        var signIn = new AccountSignIn(account.Id, request.ApiId, request.ApiHash, newHash);
        return Describe(await accounts.RecordSignInAsync(signIn, cancellationToken), created: false);
    }

    private static AccountAuthResult Describe(SignedInAccount account, bool created) => new()
    {
        ConnectionId = account.ConnectionId,
        AccountId = account.AccountId,
        Messenger = account.Messenger.Name,
        Login = account.Login,
        SecurityStamp = account.SecurityStamp,
        Created = created,
    };
}
