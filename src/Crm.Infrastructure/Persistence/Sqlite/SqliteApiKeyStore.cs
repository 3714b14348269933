using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteApiKeyStore(SqliteDatabase database) : IApiKeyStore
{
    private const string Insert = $"""
        INSERT INTO api_keys (account_id, name, hint, hash, scopes, addresses, created_ms, expires_ms)
        SELECT @AccountId, @Name, @Hint, @Hash, @scopes, @addresses, @now, @expiresMs
        WHERE (SELECT COUNT(*) FROM api_keys WHERE account_id = @AccountId) < @most
        RETURNING {ApiKeyRow.Columns}
        """;

    private const string List = $"SELECT {ApiKeyRow.Columns} FROM api_keys WHERE account_id = @accountId ORDER BY id";

    private const string Delete = "DELETE FROM api_keys WHERE account_id = @accountId AND id = @keyId";

    private const string Find = $"SELECT {ApiKeyRow.Columns} FROM api_keys WHERE hash = @hash";

    private const string Touch = "UPDATE api_keys SET used_ms = @now WHERE id = @keyId AND (used_ms IS NULL OR used_ms <= @before)";

    public async Task<ApiKey?> AddAsync(NewApiKey key, int most, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            key.AccountId,
            key.Name,
            key.Hint,
            key.Hash,
            scopes = (int)key.Scopes,
            addresses = ApiKeyRow.AddressesText(key.Addresses),
            now = database.NowMs,
            expiresMs = key.ExpiresAt?.ToUnixTimeMilliseconds(),
            most,
        };
        var added = await database.WriteAsync(
            transaction => transaction.Connection!.QuerySingleOrDefault<ApiKeyRow>(Insert, parameters, transaction), cancellationToken);
        return added?.ToApiKey();
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            IReadOnlyList<ApiKey> (connection) => [.. connection.Query<ApiKeyRow>(List, new { accountId }).Select(row => row.ToApiKey())],
            cancellationToken);

    public Task<bool> DeleteAsync(long accountId, long keyId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(Delete, new { accountId, keyId }, transaction) > 0, cancellationToken);

    public Task<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefault<ApiKeyRow>(Find, new { hash })?.ToApiKey(), cancellationToken);

    public Task TouchAsync(long keyId, CancellationToken cancellationToken)
    {
        var now = database.NowMs;
        return database.WriteAsync(
            Durability.ProcessCrash,
            transaction => transaction.Connection!.Execute(Touch, new { keyId, now, before = now - (long)ApiKey.UsePrecision.TotalMilliseconds }, transaction),
            cancellationToken);
    }
}
