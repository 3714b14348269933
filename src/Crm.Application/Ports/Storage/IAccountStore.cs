using Crm.Domain.Accounts;
using Crm.Domain.Connections;

namespace Crm.Application.Ports.Storage;

/// <summary>Accounts and who signed in last.</summary>
public interface IAccountStore
{
    Task<Account?> FindByLoginAsync(Login login, CancellationToken cancellationToken);

    /// <summary>
    /// Adds an account with its first connection and records its sign-in; null when the login is taken:
    /// of two that add one login at once, one gets it.
    /// </summary>
    Task<SignedInAccount?> TryAddAsync(NewAccount account, CancellationToken cancellationToken);

    /// <summary>Records a sign-in, with the credentials it brought.</summary>
    Task<SignedInAccount> RecordSignInAsync(AccountSignIn signIn, CancellationToken cancellationToken);

    /// <summary>The account that signed in last of all, if any has.</summary>
    Task<long?> FindLastSignedInAsync(CancellationToken cancellationToken);

    Task<bool> ExistsAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>The account's <see cref="SignedInAccount.SecurityStamp"/>; null when there is no such account.</summary>
    Task<string?> FindSecurityStampAsync(long accountId, CancellationToken cancellationToken);
}

/// <summary>An account to add.</summary>
public sealed record NewAccount(Login Login, string PasswordHash, int ApiId, string ApiHash)
{
    public override string ToString() => nameof(NewAccount);
}

/// <summary>A sign-in to record; <paramref name="NewPasswordHash"/> replaces the stored hash where there is one.</summary>
public sealed record AccountSignIn(long AccountId, int ApiId, string ApiHash, string? NewPasswordHash)
{
    public override string ToString() => $"Sign-in of account {AccountId}";
}

/// <summary>An account that has just signed in, and its current connection.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Login">Its login as it was first written.</param>
/// <param name="ConnectionId">Its current connection.</param>
/// <param name="Messenger">What that connects to.</param>
/// <param name="SecurityStamp">Random, made with the account; access tokens carry it and are void once it has changed.</param>
public sealed record SignedInAccount(long AccountId, string Login, long ConnectionId, Messenger Messenger, string SecurityStamp)
{
    public override string ToString() => $"Signed-in account {AccountId}";
}
