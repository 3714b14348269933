using System.Net;
using Crm.Application.AccountAuth;
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

internal sealed class AccountPasswordHandler(IAccessStore access, IPasswordHashing passwords, PasswordCheck check)
    : IRequestHandler<AccountPasswordCommand, Result<string>>
{
    public Task<Result<string>> Handle(AccountPasswordCommand request, CancellationToken cancellationToken) => check.TryAsync(
        request.AccountId, request.Password, request.Address, account => ChangeAsync(account, request.NewPassword, cancellationToken), cancellationToken);

    private async Task<Result<string>> ChangeAsync(Account account, string newPassword, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(newPassword, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        // Somebody who changed it meanwhile has made the password that was shown here a wrong one.
        var stamp = await access.TryChangePasswordAsync(account.Id, account.PasswordHash, hash.Value, cancellationToken);
        return stamp is null ? AccountErrors.PasswordWrong : stamp;
    }
}
