using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;

namespace Crm.Api.Tests.Support;

/// <summary>The part of the account store that authentication asks.</summary>
internal sealed class StubAccounts : IAccountStore, IStorageHealth
{
    public Dictionary<long, string> Stamps { get; } = [];

    public long? LastSignedIn { get; set; }

    public Exception? Failure { get; set; }

    public Task<string?> FindSecurityStampAsync(long accountId, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(Stamps.GetValueOrDefault(accountId)) : Task.FromException<string?>(Failure);

    public Task<long?> FindLastSignedInAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(LastSignedIn) : Task.FromException<long?>(Failure);

    public Task CheckAsync(CancellationToken cancellationToken) => Failure is null ? Task.CompletedTask : Task.FromException(Failure);

    public Task<bool> ExistsAsync(long accountId, CancellationToken cancellationToken) => Task.FromResult(Stamps.ContainsKey(accountId));

    public Task<Account?> FindByLoginAsync(Login login, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SignedInAccount?> TryAddAsync(NewAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SignedInAccount> RecordSignInAsync(AccountSignIn signIn, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
