using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

public sealed class SqliteDatabaseTests
{
    /// <summary>Writes 100, and what comes meanwhile right after it; answers the transactions by what they wrote.</summary>
    private async Task<Dictionary<int, SqliteTransaction>> WriteTogetherAsync(
        Durability first, params (Durability Durability, int Id, Type? Expected)[] others)
    {
        var transactions = new Dictionary<int, SqliteTransaction>();
        Task<int>[] waiting = [];
        await HoldAsync(
            first,
            transaction => transactions[100] = transaction,
            () =>
            {
                waiting = [.. others.Select(other => Database.WriteAsync(other.Durability, Insertion(other.Id, other.Expected), default))];
                return Task.CompletedTask;
            });
        for (var i = 0; i < others.Length; i++)
        {
            var expected = others[i].Expected;
            Assert.That(async () => await waiting[i], expected is null ? Throws.Nothing : Throws.InstanceOf(expected));
        }

        return transactions;

        Func<SqliteTransaction, int> Insertion(int id, Type? expected) => transaction =>
        {
            var rows = transaction.Connection!.Execute(Insert, new { id }, transaction);
            transactions[id] = transaction;
            return expected == typeof(InvalidOperationException) ? throw new InvalidOperationException("half way") : rows;
        };
    }

    /// <summary>Does something while 100 is being written.</summary>
    private async Task HoldAsync(Durability durability, Action<SqliteTransaction> written, Func<Task> meanwhile)
    {
        await Database.Opening.EnsureAsync(default);
        var isWriting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var holding = Task.Run(() => Database.WriteAsync(
            durability,
            transaction =>
            {
                transaction.Connection!.Execute(Insert, new { id = 100 }, transaction);
                written(transaction);
                isWriting.SetResult();
                goOn.Wait();
                return 0;
            },
            default));
        await isWriting.Task;
        await meanwhile();
        goOn.Set();
        await holding;
    }

    private async Task<List<int>> IdsAsync() => await Database.ReadAsync(
        connection => connection.Query<int>("SELECT version FROM schema_migrations WHERE version >= 100 ORDER BY version").ToList(), default);

    private const string Insert = "INSERT INTO schema_migrations VALUES (@id, 'x', 0)";
    private const string Count = "SELECT COUNT(*) FROM schema_migrations WHERE version >= 100";

    private StoreFixture _stores = null!;

    [SetUp]
    public void SetUp() => _stores = new StoreFixture(busyTimeout: TimeSpan.FromSeconds(3));

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
    public async Task WriteAsync_WhenOthersWait_DoesThemInTheSameTransaction()
    {
        var transactions = await WriteTogetherAsync(
            Durability.PowerLoss, (Durability.PowerLoss, 101, null), (Durability.ProcessCrash, 102, null));

        Assert.That(transactions.Values, Has.Count.EqualTo(3).And.All.SameAs(transactions[100]));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { 100, 101, 102 }));
    }

    [Test]
    public async Task WriteAsync_WhenOneOfThoseWaitingIsToLastLonger_ItGetsATransactionOfItsOwn()
    {
        var transactions = await WriteTogetherAsync(
            Durability.ProcessCrash, (Durability.ProcessCrash, 101, null), (Durability.PowerLoss, 102, null));

        Assert.That(transactions[101], Is.SameAs(transactions[100]));
        Assert.That(transactions[102], Is.Not.SameAs(transactions[100]));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { 100, 101, 102 }));
    }

    [TestCase(102, typeof(InvalidOperationException), TestName = "WriteAsync_WhenOneOfThoseWaitingThrows_OnlyItLeavesNothing")]
    [TestCase(100, typeof(SqliteException), TestName = "WriteAsync_WhenOneOfThoseWaitingIsRefused_OnlyItLeavesNothing")]
    public async Task WriteAsync_WhenOneOfThoseWaitingFails_OnlyItLeavesNothing(int id, Type expected)
    {
        var transactions = await WriteTogetherAsync(
            Durability.PowerLoss, (Durability.PowerLoss, 101, null), (Durability.PowerLoss, id, expected), (Durability.PowerLoss, 103, null));

        Assert.That(transactions[103], Is.SameAs(transactions[100]));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { 100, 101, 103 }));
    }

    [Test]
    public async Task WriteAsync_WhenNobodyWantsItAnyMoreWhileItWaits_IsNeverDone()
    {
        using var leaving = new CancellationTokenSource();
        Task<int> left = null!;
        await HoldAsync(
            Durability.PowerLoss,
            _ => { },
            async () =>
            {
                left = Database.WriteAsync(transaction => transaction.Connection!.Execute(Insert, new { id = 101 }, transaction), leaving.Token);
                await leaving.CancelAsync();
                Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
            });
        await Database.WriteAsync(transaction => transaction.Connection!.Execute(Insert, new { id = 102 }, transaction), default);

        Assert.That(await IdsAsync(), Is.EqualTo(new[] { 100, 102 }));
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
