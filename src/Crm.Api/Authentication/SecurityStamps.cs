using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Authentication;

/// <summary>Compares the stamp a token carries with the account's: changing the account's revokes every token it has.</summary>
internal sealed class SecurityStamps(IAccountStore accounts)
{
    public async Task<bool> AreCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (AccountIdentity.TryGetAccountId(principal) is not { } accountId || AccountIdentity.SecurityStamp(principal) is not { } stamp)
        {
            return false;
        }

        var current = await accounts.FindSecurityStampAsync(accountId, cancellationToken);
        return current is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp), Encoding.UTF8.GetBytes(current));
    }
}
