using Crm.Domain.Accounts;

namespace Crm.Application.Ports.Storage;

/// <summary>What makes an account's tokens worth something: its password and its security stamp.</summary>
public interface IAccessStore
{
    Task<Account?> FindAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>Gives the account another security stamp, which voids every token; answers it, or null when there is no such account.</summary>
    Task<string?> RenewStampAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>
    /// Sets another password hash and security stamp, and answers the stamp; null when the hash is no longer <paramref name="oldHash"/>.
    /// </summary>
    Task<string?> TryChangePasswordAsync(long accountId, string oldHash, string newHash, CancellationToken cancellationToken);
}
