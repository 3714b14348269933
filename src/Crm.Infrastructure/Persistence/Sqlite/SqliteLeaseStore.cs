using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteLeaseStore(SqliteDatabase database) : ILeaseStore
{
    private const string Find = """
        SELECT token AS Token, host AS Host, process_id AS ProcessId, started AS Started, instance AS Instance, expires_ms AS ExpiresMs
        FROM leases WHERE name = 'telegram'
        """;

    private const string Take = """
        INSERT INTO leases (name, token, host, process_id, started, instance, expires_ms)
        VALUES ('telegram', @Token, @Host, @ProcessId, @Started, @Instance, @expires)
        ON CONFLICT (name) DO UPDATE
        SET token = excluded.token, host = excluded.host, process_id = excluded.process_id, started = excluded.started,
            instance = excluded.instance, expires_ms = excluded.expires_ms
        """;

    private const string Renew = "UPDATE leases SET expires_ms = @expires WHERE name = 'telegram' AND token = @Token";

    private const string Release = "UPDATE leases SET expires_ms = 0 WHERE name = 'telegram' AND token = @Token";

    public Task<Lease> TakeAsync(LeaseHolder self, TimeSpan life, Lease? over, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => TakeWithin(transaction, self, life, over), cancellationToken);

    public Task<bool> RenewAsync(Lease lease, TimeSpan life, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction => transaction.Connection!.Execute(Renew, new { lease.Token, expires = Expiry(life) }, transaction) == 1,
            cancellationToken);

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.Connection!.Execute(Release, new { lease.Token }, transaction), cancellationToken);

    private Lease TakeWithin(SqliteTransaction transaction, LeaseHolder self, TimeSpan life, Lease? over)
    {
        var connection = transaction.Connection!;
        var held = connection.QuerySingleOrDefault<LeaseRow>(Find, transaction: transaction);
        if (held is not null && held.ExpiresMs > database.NowMs && held.Token != over?.Token && held.Instance != self.Instance)
        {
            return new Lease(held.Token, new LeaseHolder(held.Host, held.ProcessId, held.Started, held.Instance));
        }

        var lease = new Lease((held?.Token ?? 0) + 1, self);
        connection.Execute(
            Take,
            new { lease.Token, self.Host, self.ProcessId, self.Started, self.Instance, expires = Expiry(life) },
            transaction);
        database.LeaseToken = lease.Token;
        return lease;
    }

    private long Expiry(TimeSpan life) => database.NowMs + (long)life.TotalMilliseconds;
}
