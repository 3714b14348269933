using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

public sealed class SqliteDatabaseTests
{
    private const string Insert = "INSERT INTO schema_migrations VALUES (@id, 'x', 0)";
    private const string Count = "SELECT COUNT(*) FROM schema_migrations WHERE version >= 100";

    private StoreFixture _stores = null!;

    [SetUp]
    public void SetUp() => _stores = new StoreFixture(busyTimeout: TimeSpan.FromSeconds(1));

    [TearDown]
    public async Task TearDown() => await _stores.DisposeAsync();

    [Test]
    public async Task WriteAsync_WhenManyWriteAtOnce_EachCommits()
    {
        var ids = Enumerable.Range(100, 200);

        await Task.WhenAll(ids.Select(id => Task.Run(() => Database.WriteAsync(
            transaction => transaction.Connection!.Execute(Insert, new { id }, transaction), default))));

        Assert.That(await Database.ReadAsync(connection => connection.ExecuteScalar<int>(Count), default), Is.EqualTo(200));
    }

    [Test]
    public async Task WriteAsync_WhenItThrows_UndoesWhatItDidAndGoesOn()
    {
        Assert.That(
            async () => await Database.WriteAsync<int>(
                transaction =>
                {
                    transaction.Connection!.Execute(Insert, new { id = 100 }, transaction);
                    throw new InvalidOperationException("half way");
                },
                default),
            Throws.InvalidOperationException);

        Assert.That(await Database.ReadAsync(connection => connection.ExecuteScalar<int>(Count), default), Is.Zero);
        await WriteAsync();
    }

    [Test]
    public async Task WriteAsync_WhenAnotherProcessHoldsTheLock_SaysBusyAndRecovers()
    {
        await Database.Opening.EnsureAsync(default);
        await using (var other = new SqliteConnection($"Data Source={_stores.DatabaseFile}"))
        {
            await other.OpenAsync();
            await using var held = other.BeginTransaction(deferred: false);

            var exception = Assert.ThrowsAsync<StorageUnavailableException>(WriteAsync);

            Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Busy));
            Assert.That(await Database.ReadAsync(connection => connection.ExecuteScalar<int>(Count), default), Is.Zero);
        }

        await WriteAsync();
        Assert.That(await Database.ReadAsync(connection => connection.ExecuteScalar<int>(Count), default), Is.EqualTo(1));
    }

    [Test]
    public async Task WriteAsync_WhenTheDatabaseIsFull_SaysSoAndKeepsWhatWasThere()
    {
        await WriteAsync();

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => Database.WriteAsync(
            transaction =>
            {
                transaction.Connection!.Execute("PRAGMA max_page_count = 1", transaction: transaction);
                return transaction.Connection!.Execute(
                    "INSERT INTO schema_migrations VALUES (101, CAST(zeroblob(1000000) AS TEXT), 0)", transaction: transaction);
            },
            default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Full));
        Assert.That(await Database.ReadAsync(connection => connection.ExecuteScalar<int>(Count), default), Is.EqualTo(1));
    }

    [Test]
    public void WriteAsync_WhenTheStatementIsWrong_ThrowsWhatItIs() => Assert.That(
        async () => await Database.WriteAsync(
            transaction => transaction.Connection!.Execute("INSERT INTO nowhere VALUES (1)", transaction: transaction), default),
        Throws.TypeOf<SqliteException>());

    [Test]
    public async Task Opening_WhenTheFileIsNoDatabase_SaysDamaged()
    {
        await File.WriteAllTextAsync(_stores.DatabaseFile, new string('x', 8192));

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Health.CheckAsync(default));

        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Damaged));
    }

    [Test]
    public async Task Opening_WhenTheFileCannotBeOpened_SaysUnreachableAndRecovers()
    {
        Directory.CreateDirectory(_stores.DatabaseFile);

        var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => _stores.Health.CheckAsync(default));
        Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Unreachable));

        Directory.Delete(_stores.DatabaseFile);
        await _stores.Health.CheckAsync(default);
    }

    [Test]
    public async Task Opening_WhenItHasRun_UsesAWriteAheadLog()
    {
        await Database.Opening.EnsureAsync(default);

        var mode = await Database.ReadAsync(connection => connection.ExecuteScalar<string>("PRAGMA journal_mode"), default);

        Assert.That(mode, Is.EqualTo("wal"));
    }

    [Test]
    public async Task WriteAsync_WhenDurabilityDiffers_SyncsAsAsked()
    {
        var whole = await Database.WriteAsync(Durability.PowerLoss, Synchronous, default);
        var process = await Database.WriteAsync(Durability.ProcessCrash, Synchronous, default);
        var wholeAgain = await Database.WriteAsync(Durability.PowerLoss, Synchronous, default);

        Assert.That((whole, process, wholeAgain), Is.EqualTo((2, 1, 2)));
    }

    private SqliteDatabase Database => _stores.Get<SqliteDatabase>();

    private static int Synchronous(SqliteTransaction transaction) =>
        transaction.Connection!.ExecuteScalar<int>("PRAGMA synchronous", transaction: transaction);

    private Task WriteAsync() => Database.WriteAsync(
        transaction => transaction.Connection!.Execute(Insert, new { id = 100 }, transaction), default);
}
