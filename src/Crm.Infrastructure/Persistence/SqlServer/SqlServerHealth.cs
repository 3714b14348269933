using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Says whether the server answers.</summary>
internal sealed class SqlServerHealth(SqlServerDatabase database) : IStorageHealth
{
    private static readonly SqlQuery<NoParameters, int> Probe = new("SELECT COUNT(*) AS Value FROM dbo.schema_migrations");

    public Task CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.AnyAsync(Probe, NoParameters.Instance), cancellationToken);
}
