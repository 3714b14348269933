using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerApiKeyStore(SqlServerDatabase database) : IApiKeyStore
{
    private static readonly SqlQuery<ToAdd, long?> Insert = new("""
        INSERT INTO dbo.api_keys (account_id, name, hint, hash, scopes, addresses, created_ms, expires_ms)
        OUTPUT INSERTED.id AS Value
        SELECT h.account_id, @Name, @Hint, @Hash, @Scopes, @Addresses, @NowMs, @ExpiresMs
        FROM dbo.account_heads AS h
        WHERE h.account_id = @AccountId
          AND (SELECT COUNT(*) FROM dbo.api_keys AS k WHERE k.account_id = @AccountId) < @Most
        """);

    private static readonly SqlQuery<ById, ApiKeyRow> FindById = new($"SELECT {ApiKeyRow.Columns} FROM dbo.api_keys WHERE id = @Id");

    private static readonly SqlQuery<ByAccount, ApiKeyRow> List = new($"""
        SELECT {ApiKeyRow.Columns} FROM dbo.api_keys WHERE account_id = @AccountId ORDER BY id
        """);

    private static readonly SqlChange<OfAccount> Delete = new("DELETE FROM dbo.api_keys WHERE account_id = @AccountId AND id = @KeyId");

    private static readonly SqlQuery<ByHash, ApiKeyRow> Find = new($"SELECT {ApiKeyRow.Columns} FROM dbo.api_keys WHERE hash = @Hash");

    private static readonly SqlChange<ToTouch> Touch = new("""
        UPDATE dbo.api_keys SET used_ms = @NowMs WHERE id = @KeyId AND (used_ms IS NULL OR used_ms <= @BeforeMs)
        """);

    public Task<ApiKey?> AddAsync(NewApiKey key, int most, CancellationToken cancellationToken)
    {
        var toAdd = new ToAdd(
            key.AccountId, key.Name, key.Hint, key.Hash, (int)key.Scopes, ApiKeyRow.AddressesText(key.Addresses), database.NowMs,
            key.ExpiresAt?.ToUnixTimeMilliseconds(), most);
        return database.WriteAsync(
            Turn.OfAccount(key.AccountId),
            async session => await session.FindValueAsync(Insert, toAdd) is { } id
                ? (await session.FindAsync(FindById, new ById(id)))?.ToApiKey()
                : null,
            cancellationToken);
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async Task<IReadOnlyList<ApiKey>> (session) =>
                [.. (await session.ListAsync(List, new ByAccount(accountId))).Select(row => row.ToApiKey())],
            cancellationToken);

    public Task<bool> DeleteAsync(long accountId, long keyId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(accountId),
            async session => await session.RunAsync(Delete, new OfAccount(accountId, keyId)) > 0,
            cancellationToken);

    public Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync(async session => (await session.FindAsync(Find, new ByHash(hash)))?.ToApiKey(), cancellationToken);

    public Task TouchAsync(long keyId, CancellationToken cancellationToken)
    {
        var now = database.NowMs;
        return database.WriteAsync(
            Turn.None, session => session.RunAsync(Touch, new ToTouch(keyId, now, now - (long)ApiKey.UsePrecision.TotalMilliseconds)), cancellationToken);
    }

    internal sealed record ToAdd(
        long AccountId, string Name, string Hint, byte[] Hash, int Scopes, string Addresses, long NowMs, long? ExpiresMs, int Most);

    internal sealed record OfAccount(long AccountId, long KeyId);

    internal sealed record ByHash(byte[] Hash);

    internal sealed record ToTouch(long KeyId, long NowMs, long BeforeMs);
}
