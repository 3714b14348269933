using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

public sealed class SqliteMigratorTests
{
    private static readonly MigrationScript First = new(1, "0001_first", "CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER)");
    private static readonly MigrationScript Second = new(2, "0002_second", "ALTER TABLE a ADD COLUMN y INTEGER");

    private string _file = null!;

    [SetUp]
    public void SetUp() => _file = Path.Combine(Directory.CreateTempSubdirectory("crm-migrator-").FullName, "test.db");

    [TearDown]
    public void TearDown()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Test]
    public void Migrate_WhenTheDatabaseIsOlder_RunsOnlyWhatIsMissing()
    {
        using var connection = Open();
        SqliteMigrator.Migrate(connection, [First], default);

        var version = SqliteMigrator.Migrate(connection, [First, Second], default);

        Assert.That(version, Is.EqualTo(2));
        Assert.That(connection.ExecuteScalar<int>("SELECT COUNT(y) FROM a"), Is.Zero);
    }

    [Test]
    public async Task Migrate_WhenManyStartAtOnce_OneMigrates()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var connection = Open();
            SqliteMigrator.Migrate(connection, [First, Second], default);
        })));

        await using var read = Open();
        Assert.That(read.Query<int>("SELECT version FROM schema_migrations ORDER BY version"), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Migrate_WhenTheDatabaseIsNewer_RefusesAndChangesNothing()
    {
        using var connection = Open();
        SqliteMigrator.Migrate(connection, [First, Second], default);

        var exception = Assert.Throws<StorageUnavailableException>(() => SqliteMigrator.Migrate(connection, [First], default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Newer));
        Assert.That(connection.ExecuteScalar<int>("SELECT MAX(version) FROM schema_migrations"), Is.EqualTo(2));
    }

    [Test]
    public void Migrate_WhenAScriptFails_LeavesNothingOfTheRun()
    {
        using var connection = Open();
        var broken = new MigrationScript(2, "0002_broken", "CREATE TABLE c (x INTEGER); INSERT INTO nowhere VALUES (1)");

        Assert.Throws<SqliteException>(() => SqliteMigrator.Migrate(connection, [First, broken], default));

        Assert.That(connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'"), Is.Empty);
    }

    [Test]
    public void Migrate_WhenTheEmbeddedScriptsRunTwice_EndsAtTheSameVersion()
    {
        using var connection = Open();

        var version = SqliteMigrator.Migrate(connection, default);

        Assert.That(version, Is.Positive);
        Assert.That(SqliteMigrator.Migrate(connection, default), Is.EqualTo(version));
        Assert.That(connection.Query("PRAGMA foreign_key_check"), Is.Empty);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_file};Default Timeout=30");
        connection.Open();
        return connection;
    }
}
