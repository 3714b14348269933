using Crm.Domain.Access;

namespace Crm.Application.Ports.Storage;

/// <summary>API keys, found by the SHA-256 of what their owners hold.</summary>
public interface IApiKeyStore
{
    /// <summary>Adds a key; null when the account has <paramref name="most"/> already.</summary>
    Task<ApiKey?> AddAsync(NewApiKey key, int most, CancellationToken cancellationToken);

    /// <summary>The account's keys, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(long accountId, CancellationToken cancellationToken);

    /// <summary>False when the account has no such key.</summary>
    Task<bool> DeleteAsync(long accountId, long keyId, CancellationToken cancellationToken);

    Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Notes that a key was used, to <see cref="ApiKey.UsePrecision"/>.</summary>
    Task TouchAsync(long keyId, CancellationToken cancellationToken);
}

/// <summary>A key to add. <paramref name="Hint"/> is its beginning, by which its owner knows it again.</summary>
public sealed record NewApiKey(
    long AccountId, string Name, string Hint, byte[] Hash, AccessScopes Scopes, IReadOnlyList<string> Addresses, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"New API key of account {AccountId}";
}

/// <summary>An API key, without what its owner holds.</summary>
public sealed record ApiKey(
    long Id, long AccountId, string Name, string Hint, AccessScopes Scopes, IReadOnlyList<string> Addresses, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt)
{
    /// <summary>How exactly <see cref="UsedAt"/> is kept, so that not every call is a write.</summary>
    public static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    public override string ToString() => $"API key {Id} of account {AccountId}";
}
