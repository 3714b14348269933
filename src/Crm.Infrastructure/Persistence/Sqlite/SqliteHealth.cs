using Crm.Application.Ports.Storage;
using Dapper;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Says whether the database answers.</summary>
internal sealed class SqliteHealth(SqliteDatabase database) : IStorageHealth
{
    private const string Probe = "SELECT COUNT(*) FROM schema_migrations";

    public Task CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalar<int>(Probe), cancellationToken);
}
