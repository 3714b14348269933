using System.Net;
using Crm.Application.AccountAuth;
using Crm.Application.Guessing;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Accounts;
using MediatR;

namespace Crm.Application.AccountPassword;

/// <summary>Changes an account's password. Every token it was given before is void; the answer is the stamp of new ones.</summary>
public sealed record AccountPasswordCommand(long AccountId, string Password, string NewPassword) : IRequest<Result<string>>
{
    /// <summary>Where the caller is, as far as that is known.</summary>
    public IPAddress? Address { get; init; }

    public override string ToString() => $"{nameof(AccountPasswordCommand)} of account {AccountId}";
}

internal sealed class AccountPasswordHandler(
    IAccessStore access, IPasswordHashing passwords, PasswordCheck check, SignInGuard guard)
    : IRequestHandler<AccountPasswordCommand, Result<string>>
{
    public async Task<Result<string>> Handle(AccountPasswordCommand request, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(request.AccountId, cancellationToken) is not { } account || !Login.TryParse(account.Login, out var login))
        {
            return AccountErrors.NotFound;
        }

        return await guard.TryAsync(login, request.Address, () => ChangeAsync(account, request, cancellationToken), cancellationToken);
    }

    private async Task<Result<string>> ChangeAsync(Account account, AccountPasswordCommand request, CancellationToken cancellationToken)
    {
        if (await check.FindProblemAsync(account, request.Password, cancellationToken) is { } problem)
        {
            return problem;
        }

        var hash = await passwords.HashAsync(request.NewPassword, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        // Somebody who changed it meanwhile has made the password that was shown here a wrong one.
        var stamp = await access.TryChangePasswordAsync(account.Id, account.PasswordHash, hash.Value, cancellationToken);
        return stamp is null ? AccountErrors.PasswordWrong : stamp;
    }
}
