using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteAccessStore(SqliteDatabase database) : IAccessStore
{
    private const string Find = """
        SELECT id AS Id, login AS Login, password_hash AS PasswordHash FROM accounts WHERE id = @accountId AND closed_ms IS NULL
        """;

    private const string RenewStamp = "UPDATE accounts SET security_stamp = @stamp WHERE id = @accountId AND closed_ms IS NULL";

    private const string ChangePassword = """
        UPDATE accounts SET password_hash = @newHash, security_stamp = @stamp WHERE id = @accountId AND password_hash = @oldHash
        """;

    public Task<Account?> FindAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefault<Account>(Find, new { accountId }), cancellationToken);

    public Task<string?> RenewStampAsync(long accountId, CancellationToken cancellationToken)
    {
        var stamp = SecurityStamp.New();
        return UpdateAsync(RenewStamp, new { accountId, stamp }, stamp, cancellationToken);
    }

    public Task<string?> TryChangePasswordAsync(long accountId, string oldHash, string newHash, CancellationToken cancellationToken)
    {
        var stamp = SecurityStamp.New();
        return UpdateAsync(ChangePassword, new { accountId, oldHash, newHash, stamp }, stamp, cancellationToken);
    }

    private Task<string?> UpdateAsync(string sql, object parameters, string stamp, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(sql, parameters, transaction) > 0 ? stamp : null, cancellationToken);
}
