using Crm.Application.Ports.Storage;
using Microsoft.Extensions.Hosting;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Connects and migrates before anything else of the host starts, and says whether the server answers afterwards.</summary>
internal sealed class SqlServerHealth(SqlServerDatabase database) : IStorageHealth, IHostedLifecycleService
{
    private static readonly SqlQuery<NoParameters, int> Probe = new("SELECT COUNT(*) AS Value FROM dbo.schema_migrations");

    public Task CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.AnyAsync(Probe, NoParameters.Instance), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => database.EnsureReadyAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
