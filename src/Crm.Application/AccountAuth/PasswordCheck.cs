using System.Net;
using Crm.Application.Guessing;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Accounts;

namespace Crm.Application.AccountAuth;

/// <summary>Asks somebody who is signed in for the password again, before something that a token alone isn't enough for.</summary>
internal sealed class PasswordCheck(IAccessStore access, IPasswordHashing passwords, SignInGuard guard)
{
    /// <summary>Does the work when the password is the account's; a wrong one counts as a try at signing in.</summary>
    public async Task<Result<T>> TryAsync<T>(
        long accountId, string password, IPAddress? address, Func<Account, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        if (await access.FindAsync(accountId, cancellationToken) is not { } account || !Login.TryParse(account.Login, out var login))
        {
            return AccountErrors.NotFound;
        }

        return await guard.TryAsync(login, address, () => CheckAsync(account, password, work, cancellationToken), cancellationToken);
    }

    private async Task<Result<T>> CheckAsync<T>(
        Account account, string password, Func<Account, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var verdict = await passwords.VerifyAsync(account.PasswordHash, password, cancellationToken);
        return !verdict.IsSuccess ? verdict.Error
            : verdict.Value is PasswordVerdict.Wrong ? AccountErrors.PasswordWrong
            : await work(account);
    }
}
