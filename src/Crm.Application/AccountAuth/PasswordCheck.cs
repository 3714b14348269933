using Crm.Application.Ports.Security;
using Crm.Domain;
using Crm.Domain.Accounts;

namespace Crm.Application.AccountAuth;

/// <summary>Asks somebody who is signed in for the password again.</summary>
internal sealed class PasswordCheck(IPasswordHashing passwords)
{
    /// <summary>Why the password isn't taken; null when it is the account's.</summary>
    public async Task<Error?> FindProblemAsync(Account account, string password, CancellationToken cancellationToken)
    {
        var verdict = await passwords.VerifyAsync(account.PasswordHash, password, cancellationToken);
        return !verdict.IsSuccess ? verdict.Error : verdict.Value is PasswordVerdict.Wrong ? AccountErrors.PasswordWrong : null;
    }
}
