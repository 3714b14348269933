using Crm.Infrastructure.Persistence;
using Testing.Storage;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>What the stores are tested on: SQLite always, SQL Server where there is one.</summary>
internal static class StorageProviders
{
    public static IEnumerable<TestFixtureData> All
    {
        get
        {
            yield return new TestFixtureData(StorageProvider.Sqlite);
            var server = new TestFixtureData(StorageProvider.SqlServer);
            yield return SqlServerTestDatabase.IsConfigured ? server : server.Ignore(SqlServerTestDatabase.Missing);
        }
    }
}
