using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteAccountStore(SqliteDatabase database, ISecretProtector secrets) : IAccountStore
{
    private const string NextSignIn = "(SELECT COALESCE(MAX(sign_in_number), 0) + 1 FROM accounts)";

    private const string Find = """
        SELECT id AS Id, login AS Login, password_hash AS PasswordHash FROM accounts WHERE login_key = @Key
        """;

    private const string Insert = $"""
        INSERT INTO accounts (login, login_key, password_hash, security_stamp, sign_in_number, created_ms)
        VALUES (@Value, @Key, @PasswordHash, @stamp, {NextSignIn}, @now)
        ON CONFLICT (login_key) DO NOTHING
        RETURNING id
        """;

    private const string InsertConnection = """
        INSERT INTO connections (account_id, messenger, api_id, api_hash, status, version, created_ms)
        VALUES (@accountId, @Name, @ApiId, @apiHash, @status, 0, @now)
        RETURNING id
        """;

    private const string SetCurrent = "UPDATE accounts SET current_connection_id = @connectionId WHERE id = @accountId";

    private const string Record = $"""
        UPDATE accounts
        SET sign_in_number = {NextSignIn}, password_hash = COALESCE(@NewPasswordHash, password_hash)
        WHERE id = @AccountId
        RETURNING login AS Login, current_connection_id AS ConnectionId, security_stamp AS SecurityStamp
        """;

    private const string UpdateCredentials = """
        UPDATE connections SET api_id = @ApiId, api_hash = @apiHash WHERE account_id = @AccountId
        """;

    private const string Last = "SELECT id FROM accounts WHERE closed_ms IS NULL ORDER BY sign_in_number DESC LIMIT 1";

    private const string FindStamp = "SELECT security_stamp FROM accounts WHERE id = @accountId AND closed_ms IS NULL";

    private const string Exists = "SELECT EXISTS (SELECT 1 FROM accounts WHERE id = @accountId AND closed_ms IS NULL)";

    public Task<Account?> FindByLoginAsync(Login login, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefault<Account>(Find, new { login.Key }), cancellationToken);

    public Task<SignedInAccount?> TryAddAsync(NewAccount account, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => TryAdd(transaction, account), cancellationToken);

    public Task<SignedInAccount> RecordSignInAsync(AccountSignIn signIn, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction =>
            {
                var account = transaction.Connection!.QuerySingle<SignedInRow>(Record, signIn, transaction);
                var apiHash = Protect(signIn.ApiHash);
                transaction.Connection!.Execute(UpdateCredentials, new { signIn.ApiId, apiHash, signIn.AccountId }, transaction);
                return new SignedInAccount(signIn.AccountId, account.Login, account.ConnectionId, Messenger.Telegram, account.SecurityStamp);
            },
            cancellationToken);

    public Task<long?> FindLastSignedInAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long?>(Last), cancellationToken);

    public Task<bool> ExistsAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<bool>(Exists, new { accountId }), cancellationToken);

    public Task<string?> FindSecurityStampAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<string?>(FindStamp, new { accountId }), cancellationToken);

    private SignedInAccount? TryAdd(SqliteTransaction transaction, NewAccount account)
    {
        var connection = transaction.Connection!;
        var now = database.NowMs;
        var stamp = SecurityStamp.New();
        var added = connection.ExecuteScalar<long?>(
            Insert, new { account.Login.Value, account.Login.Key, account.PasswordHash, stamp, now }, transaction);
        if (added is not { } accountId)
        {
            return null;
        }

        var apiHash = Protect(account.ApiHash);
        var status = ConnectionRow.StatusText(ConnectionStatus.Disconnected);
        var connectionId = connection.ExecuteScalar<long>(
            InsertConnection, new { accountId, Messenger.Telegram.Name, account.ApiId, apiHash, status, now }, transaction);
        connection.Execute(SetCurrent, new { connectionId, accountId }, transaction);
        return new SignedInAccount(accountId, account.Login.Value, connectionId, Messenger.Telegram, stamp);
    }

    private byte[] Protect(string apiHash) => secrets.Protect(SecretKind.ApiHash, Encoding.UTF8.GetBytes(apiHash));
}
