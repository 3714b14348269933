using System.Text;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerAccountStore(SqlServerDatabase database, ISecretProtector secrets) : IAccountStore
{
    private const string NextSignIn = "(SELECT COALESCE(MAX(a.sign_in_number), 0) + 1 FROM dbo.accounts AS a)";

    private static readonly SqlQuery<ByLogin, Account> Find = new("""
        SELECT id AS Id, login AS Login, password_hash AS PasswordHash FROM dbo.accounts WHERE login_key = @Key
        """);

    /// <summary>Accounts are added one after the other, and none while the lease changes hands: then all heads know who holds it.</summary>
    private static readonly SqlQuery<NoParameters, long?> HoldLease = new("""
        UPDATE dbo.leases SET host = host WHERE name = N'telegram';
        SELECT token AS Value FROM dbo.leases WHERE name = N'telegram';
        """);

    private static readonly SqlQuery<ToAdd, long?> Insert = new($"""
        INSERT INTO dbo.accounts (login, login_key, password_hash, security_stamp, sign_in_number, created_ms)
        OUTPUT INSERTED.id AS Value
        SELECT @Login, @Key, @PasswordHash, @Stamp, {NextSignIn}, @NowMs
        WHERE NOT EXISTS (SELECT 1 FROM dbo.accounts AS b WHERE b.login_key = @Key)
        """);

    private static readonly SqlChange<Head> InsertHead = new("""
        INSERT INTO dbo.account_heads (account_id, turn, last_event_id, lease_token) VALUES (@AccountId, 0, 0, @LeaseToken)
        """);

    private static readonly SqlQuery<ConnectionToAdd, long?> InsertConnection = new("""
        INSERT INTO dbo.connections (account_id, messenger, api_id, api_hash, status, version, created_ms)
        OUTPUT INSERTED.id AS Value
        VALUES (@AccountId, @Messenger, @ApiId, @ApiHash, @Status, 0, @NowMs)
        """);

    private static readonly SqlChange<SignIn> Record = new($"""
        UPDATE dbo.accounts
        SET sign_in_number = {NextSignIn}, password_hash = COALESCE(@NewPasswordHash, password_hash)
        WHERE id = @AccountId
        """);

    private static readonly SqlQuery<ByAccount, SignedInRow> FindSignedIn = new("""
        SELECT login AS Login, COALESCE(current_connection_id, 0) AS ConnectionId, security_stamp AS SecurityStamp
        FROM dbo.accounts WHERE id = @AccountId
        """);

    private static readonly SqlChange<Credentials> UpdateCredentials = new("""
        UPDATE dbo.connections SET api_id = @ApiId, api_hash = @ApiHash WHERE account_id = @AccountId
        """);

    private static readonly SqlQuery<NoParameters, long?> Last = new("""
        SELECT TOP (1) id AS Value FROM dbo.accounts WHERE closed_ms IS NULL ORDER BY sign_in_number DESC, id DESC
        """);

    private static readonly SqlQuery<ByAccount, string> FindStamp = new("""
        SELECT security_stamp AS Value FROM dbo.accounts WHERE id = @AccountId AND closed_ms IS NULL
        """);

    private static readonly SqlQuery<ByAccount, int> Exists = new("""
        SELECT 1 AS Value FROM dbo.accounts WHERE id = @AccountId AND closed_ms IS NULL
        """);

    public Task<Account?> FindByLoginAsync(Login login, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync(Find, new ByLogin(login.Key)), cancellationToken);

    public Task<SignedInAccount?> TryAddAsync(NewAccount account, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.None, session => TryAddAsync(session, account), cancellationToken);

    public Task<SignedInAccount> RecordSignInAsync(AccountSignIn signIn, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.OfAccount(signIn.AccountId),
            async session =>
            {
                await session.RunAsync(Record, new SignIn(signIn.AccountId, signIn.NewPasswordHash));
                await session.RunAsync(UpdateCredentials, new Credentials(signIn.AccountId, signIn.ApiId, Protect(signIn.ApiHash)));
                var account = await session.FindAsync(FindSignedIn, new ByAccount(signIn.AccountId))
                    ?? throw new InvalidOperationException($"There is no account {signIn.AccountId}.");
                return new SignedInAccount(signIn.AccountId, account.Login, account.ConnectionId, Messenger.Telegram, account.SecurityStamp);
            },
            cancellationToken);

    public Task<long?> FindLastSignedInAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindValueAsync(Last, NoParameters.Instance), cancellationToken);

    public Task<bool> ExistsAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.AnyAsync(Exists, new ByAccount(accountId)), cancellationToken);

    public Task<string?> FindSecurityStampAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync(FindStamp, new ByAccount(accountId)), cancellationToken);

    private async Task<SignedInAccount?> TryAddAsync(SqlSession session, NewAccount account)
    {
        var now = database.NowMs;
        var stamp = SecurityStamp.New();
        var leaseToken = await session.FindValueAsync(HoldLease, NoParameters.Instance) ?? 0;
        var toAdd = new ToAdd(account.Login.Value, account.Login.Key, account.PasswordHash, stamp, now);
        if (await session.FindValueAsync(Insert, toAdd) is not { } accountId)
        {
            return null;
        }

        await session.RunAsync(InsertHead, new Head(accountId, leaseToken));
        var status = ConnectionRow.StatusText(ConnectionStatus.Disconnected);
        var connection = new ConnectionToAdd(
            accountId, Messenger.Telegram.Name, account.ApiId, Protect(account.ApiHash), status, now);
        var connectionId = (await session.FindValueAsync(InsertConnection, connection))!.Value;
        await session.RunAsync(SqlServerConnectionStore.SetCurrent, new CurrentConnection(accountId, connectionId));
        return new SignedInAccount(accountId, account.Login.Value, connectionId, Messenger.Telegram, stamp);
    }

    private byte[] Protect(string apiHash) => secrets.Protect(SecretKind.ApiHash, Encoding.UTF8.GetBytes(apiHash));

    internal sealed record ByLogin(string Key);

    internal sealed record ToAdd(string Login, string Key, string PasswordHash, string Stamp, long NowMs);

    internal sealed record Head(long AccountId, long LeaseToken);

    internal sealed record ConnectionToAdd(long AccountId, string Messenger, int ApiId, byte[] ApiHash, string Status, long NowMs);

    internal sealed record SignIn(long AccountId, string? NewPasswordHash);

    internal sealed record Credentials(long AccountId, int ApiId, byte[] ApiHash);
}
