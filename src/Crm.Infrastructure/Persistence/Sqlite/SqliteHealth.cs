using Crm.Application.Ports.Storage;
using Dapper;
using Microsoft.Extensions.Hosting;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Opens the database before anything else of the host starts, and says whether it answers afterwards.</summary>
internal sealed class SqliteHealth(SqliteDatabase database) : IStorageHealth, IHostedLifecycleService
{
    private const string Probe = "SELECT COUNT(*) FROM schema_migrations";

    public Task CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<int>(Probe), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => database.EnsureReadyAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
