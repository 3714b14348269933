using System.Runtime.Versioning;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Hosting;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.Transfer;
using Testing;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

/// <summary>Everything moves, once, whatever breaks it off.</summary>
[TestFixture]
internal sealed class TransferRunTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Processes _processes = new();
    private FilledDatabase _files = null!;

    [SetUp]
    public void Fill()
    {
        _files = new FilledDatabase();
        FilledDatabase.Fill(_files.Source);
    }

    [TearDown]
    public void Delete() => _files.Dispose();

    [Test]
    public async Task Copy_WhenItIsDone_HasMovedEverything()
    {
        var report = await CopyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Moved, Is.EqualTo(TransferSchema.Tables.Count * FilledDatabase.Rows));
            Assert.That(FilledDatabase.Dump(_files.Target), Is.EqualTo(FilledDatabase.Dump(_files.Source)));
            Assert.That(FilledDatabase.Dump(_files.Target), Has.Some.EqualTo("events 1000"), "an id that was given is given to no other");
        }
    }

    [Test]
    public async Task Copy_WhenBrokenOffAfterAnyBatch_GoesOnThere([Range(1, 57, 8)] int batches)
    {
        var moved = await BreakOffAsync(batches);
        var report = await CopyAsync(batchRows: 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved, Is.GreaterThan(0));
            Assert.That(moved + report.Moved, Is.EqualTo(TransferSchema.Tables.Count * FilledDatabase.Rows), "no row is moved twice");
            Assert.That(FilledDatabase.Dump(_files.Target), Is.EqualTo(FilledDatabase.Dump(_files.Source)));
        }
    }

    [Test]
    public async Task Copy_WhenItWasDoneBefore_SaysSo()
    {
        await CopyAsync();
        Assert.That((await CopyAsync()).WasComplete, Is.True);
    }

    [Test]
    public void Copy_WhenTheTargetHoldsOtherData_IsRefused()
    {
        FilledDatabase.Fill(_files.Target, rows: 1);
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.Contains("holds data already"));
    }

    [Test]
    public async Task Copy_WhenAnUnfinishedOneIsOfAnotherSource_IsRefused()
    {
        await BreakOffAsync(5);
        var other = _files.File("other.db");
        FilledDatabase.Fill(other);
        Assert.That(() => CopyAsync(from: other), Throws.TypeOf<TransferException>().With.Message.Contains("holds data already"));
    }

    [Test]
    public async Task Copy_WhenTheSourceWasUsedBetween_IsRefused()
    {
        await BreakOffAsync(5);
        FilledDatabase.Execute(_files.Source, "INSERT INTO events (account_id, connection_id, type, data, created_ms) VALUES (1, 1, 't', 'd', 1)");
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.Contains("has been used"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Copy_WhenAProcessWorksWithEither_IsRefused(bool isSource)
    {
        SqliteTransferFile.OpenOrCreate(_files.Target, _time.GetUtcNow()).Dispose();
        var file = isSource ? _files.Source : _files.Target;
        var self = _processes.Self;
        FilledDatabase.Execute(
            file,
            $"INSERT INTO leases VALUES ('telegram', 1, '{self.Host}', {self.ProcessId}, {self.Started}, 'x', {_time.GetUtcNow().ToUnixTimeMilliseconds() + 1})");
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.Contains("stop it first"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await CopyAsync()).WasComplete, Is.False, "the process has gone");
    }

    [Test]
    public async Task Copy_WhenTheTargetIsChangedBehindIt_SaysThatItIsNotTheSame()
    {
        await BreakOffAsync(50);
        FilledDatabase.Execute(_files.Target, "UPDATE messages SET text = 'other' WHERE id = 3");
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.StartsWith("messages: the target holds other rows"));
    }

    [Test]
    public async Task Copy_WhenARowIsLostBehindIt_SaysSo()
    {
        await BreakOffAsync(50);
        FilledDatabase.Execute(_files.Target, "DELETE FROM coverage WHERE connection_id = 3");
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.StartsWith("coverage: the source has 7 rows, 7 were moved and the target holds 6"));
    }

    [Test]
    public async Task Start_WhenACopyWasBrokenOff_IsRefusedUntilItIsWhole()
    {
        var directory = _files.File("data");
        var target = Path.Combine(directory, "crm.db");
        await BreakOffAsync(5, target);
        await using (var stores = StoreFixture.InDirectory(directory))
        {
            var exception = Assert.ThrowsAsync<StorageUnavailableException>(() => stores.Health.CheckAsync(default));
            Assert.That(exception!.Trouble, Is.EqualTo(StorageTrouble.Incomplete));
        }

        await CopyAsync(to: target);
        await using var whole = StoreFixture.InDirectory(directory);
        await whole.Health.CheckAsync(default);
    }

    [TestCase("DROP TABLE leases; DELETE FROM schema_migrations WHERE version > 3", "run the command migrate")]
    [TestCase("INSERT INTO schema_migrations VALUES (99, 'later', 1)", "use a newer one")]
    public void Copy_WhenTheSourceHasAnotherSchema_IsRefused(string sql, string expected)
    {
        FilledDatabase.Execute(_files.Source, sql);
        Assert.That(() => CopyAsync(), Throws.TypeOf<TransferException>().With.Message.Contains(expected));
    }

    [Test]
    public void Copy_WhenThereIsNoSource_IsRefusedAndMakesNone()
    {
        var missing = _files.File("missing.db");
        Assert.That(() => CopyAsync(from: missing), Throws.TypeOf<TransferException>().With.Message.Contains("no database"));
        Assert.That(File.Exists(missing), Is.False);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform("Linux,MacOsX")]
    public async Task Copy_WhenItMakesAFile_LetsItsOwnerAloneRead()
    {
        await CopyAsync();
        Assert.That(File.GetUnixFileMode(_files.Target), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<TransferReport> CopyAsync(string? from = null, string? to = null, int batchRows = TransferRun.BatchRows, IProgress<TransferProgress>? progress = null)
    {
        await using var source = SqliteTransferSource.OpenForCopy(from ?? _files.Source, _processes, _time.GetUtcNow());
        await using var target = SqliteTransferTarget.Open(to ?? _files.Target, _processes, _time);
        return await new TransferRun(source, target, progress, batchRows).RunAsync(default);
    }

    /// <summary>Ends as a process that is killed between two transactions; answers how many rows it had moved.</summary>
    private async Task<long> BreakOffAsync(int batches, string? to = null)
    {
        var moved = 0L;
        var left = batches;
        var progress = new Reported(value =>
        {
            moved = value.Moved;
            if (--left == 0)
            {
                throw new TimeoutException();
            }
        });
        try
        {
            await CopyAsync(to: to, batchRows: 3, progress: progress);
            Assert.Fail("There were fewer batches.");
        }
        catch (TimeoutException)
        {
            // As it was meant.
        }

        return moved;
    }

    private sealed class Reported(Action<TransferProgress> report) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => report(value);
    }
}
