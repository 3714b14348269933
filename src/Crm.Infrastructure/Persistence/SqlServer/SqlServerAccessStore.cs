using Crm.Application.Ports.Storage;
using Crm.Domain.Accounts;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerAccessStore(SqlServerDatabase database) : IAccessStore
{
    private static readonly SqlQuery<ByAccount, Account> Find = new("""
        SELECT id AS Id, login AS Login, password_hash AS PasswordHash FROM dbo.accounts WHERE id = @AccountId AND closed_ms IS NULL
        """);

    private static readonly SqlChange<NewStamp> RenewStamp = new("""
        UPDATE dbo.accounts SET security_stamp = @Stamp WHERE id = @AccountId AND closed_ms IS NULL
        """);

    private static readonly SqlChange<NewPassword> ChangePassword = new("""
        UPDATE dbo.accounts SET password_hash = @NewHash, security_stamp = @Stamp WHERE id = @AccountId AND password_hash = @OldHash
        """);

    public Task<Account?> FindAsync(long accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync(Find, new ByAccount(accountId)), cancellationToken);

    public Task<string?> RenewStampAsync(long accountId, CancellationToken cancellationToken)
    {
        var renewal = new NewStamp(accountId, SecurityStamp.New());
        return UpdateAsync(RenewStamp, renewal, renewal.Stamp, cancellationToken);
    }

    public Task<string?> TryChangePasswordAsync(long accountId, string oldHash, string newHash, CancellationToken cancellationToken)
    {
        var change = new NewPassword(accountId, oldHash, newHash, SecurityStamp.New());
        return UpdateAsync(ChangePassword, change, change.Stamp, cancellationToken);
    }

    private Task<string?> UpdateAsync<TParameters>(
        SqlChange<TParameters> change, TParameters parameters, string stamp, CancellationToken cancellationToken)
        where TParameters : class =>
        database.WriteAsync(
            Turn.None, async session => await session.RunAsync(change, parameters) > 0 ? stamp : null, cancellationToken);

    internal sealed record NewStamp(long AccountId, string Stamp);

    internal sealed record NewPassword(long AccountId, string OldHash, string NewHash, string Stamp);
}
