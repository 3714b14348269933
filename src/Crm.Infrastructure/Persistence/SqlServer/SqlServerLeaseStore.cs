using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerLeaseStore(SqlServerDatabase database) : ILeaseStore
{
    private static readonly SqlQuery<NoParameters, LeaseRow> Find = new("""
        SELECT token AS Token, host AS Host, process_id AS ProcessId, started AS Started, instance AS Instance, expires_ms AS ExpiresMs
        FROM dbo.leases WHERE name = N'telegram'
        """);

    /// <summary>Only the lease that was looked at is taken, so that of two that ask at once one gets it.</summary>
    private static readonly SqlChange<ToTake> Take = new("""
        UPDATE dbo.leases
        SET token = @Token, host = @Host, process_id = @ProcessId, started = @Started, instance = @Instance, expires_ms = @ExpiresMs
        WHERE name = N'telegram' AND token = @SeenToken AND expires_ms = @SeenExpiresMs
        """);

    /// <summary>Waits for every writer of the lease before; those that come later find another token than theirs.</summary>
    private static readonly SqlChange<Tokens> FenceOff = new("UPDATE dbo.account_heads SET lease_token = @Token");

    private static readonly SqlChange<ToRenew> Renew = new("""
        UPDATE dbo.leases SET expires_ms = @ExpiresMs WHERE name = N'telegram' AND token = @Token
        """);

    public async Task<Lease> TakeAsync(LeaseHolder self, TimeSpan life, Lease? over, CancellationToken cancellationToken)
    {
        var lease = await database.WriteAsync(Turn.None, session => TakeAsync(session, self, life, over), cancellationToken);
        if (lease.Holder == self)
        {
            database.LeaseToken = lease.Token;
        }

        return lease;
    }

    public Task<bool> RenewAsync(Lease lease, TimeSpan life, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Turn.None,
            async session => await session.RunAsync(Renew, new ToRenew(lease.Token, Expiry(life))) == 1,
            cancellationToken);

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        database.WriteAsync(Turn.None, session => session.RunAsync(Renew, new ToRenew(lease.Token, 0)), cancellationToken);

    private async Task<Lease> TakeAsync(SqlSession session, LeaseHolder self, TimeSpan life, Lease? over)
    {
        while (true)
        {
            var held = await session.FindAsync(Find, NoParameters.Instance)
                ?? throw new InvalidOperationException("The lease's row has gone.");
            if (held.ExpiresMs > database.NowMs && held.Token != over?.Token && held.Instance != self.Instance)
            {
                return new Lease(held.Token, new LeaseHolder(held.Host, held.ProcessId, held.Started, held.Instance));
            }

            var token = held.Token + 1;
            var toTake = new ToTake(
                token, self.Host, self.ProcessId, self.Started, self.Instance, Expiry(life), held.Token, held.ExpiresMs);
            if (await session.RunAsync(Take, toTake) > 0)
            {
                await session.RunAsync(FenceOff, new Tokens(token));
                return new Lease(token, self);
            }

            // Somebody took or renewed it in between: what that led to is seen now.
        }
    }

    private long Expiry(TimeSpan life) => database.NowMs + (long)life.TotalMilliseconds;

    internal sealed record ToTake(
        long Token,
        string Host,
        int ProcessId,
        long Started,
        string Instance,
        long ExpiresMs,
        long SeenToken,
        long SeenExpiresMs);

    internal sealed record Tokens(long Token);

    internal sealed record ToRenew(long Token, long ExpiresMs);
}
