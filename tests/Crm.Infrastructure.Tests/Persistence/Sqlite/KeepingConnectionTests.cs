using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Infrastructure.Tests.Persistence.Sqlite;

public sealed class KeepingConnectionTests
{
    private const string Insert = "INSERT INTO words (id, word) VALUES (@id, @word)";

    private KeepingConnection _connection = null!;

    [SetUp]
    public void SetUp()
    {
        _connection = new KeepingConnection("Data Source=:memory:");
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        _connection.Execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)");
    }

    [TearDown]
    public void TearDown() => _connection.Dispose();

    [Test]
    public void Execute_WhenItIsRunAgain_IsPreparedOnce()
    {
        var before = Prepared().Count;

        _connection.Execute(Insert, new { id = 1, word = "one" });
        var first = Prepared();
        _connection.Execute(Insert, new { id = 2, word = (string?)null });

        Assert.That(first, Has.Count.EqualTo(before + 1));
        Assert.That(Prepared(), Is.EqualTo(first));
        Assert.That(_connection.Query<string?>("SELECT word FROM words ORDER BY id"), Is.EqualTo(new[] { "one", null }));
    }

    [Test]
    public void Execute_WhenManyRowsAreGiven_RunsWithEach()
    {
        _connection.Execute(Insert, new[] { new { id = 1, word = "one" }, new { id = 2, word = "two" } });

        Assert.That(_connection.Query<string>("SELECT word FROM words WHERE id IN @ids ORDER BY id", new { ids = new[] { 1, 2 } }), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(_connection.Query<string>("SELECT word FROM words WHERE id IN @ids", new { ids = new[] { 2 } }), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public void Query_WhenTheSameIsBeingRead_RunsBeside()
    {
        _connection.Execute(Insert, new[] { new { id = 1, word = "one" }, new { id = 2, word = "two" } });

        var pairs = _connection.Query<string>("SELECT word FROM words ORDER BY id", buffered: false)
            .SelectMany(_ => _connection.Query<string>("SELECT word FROM words ORDER BY id"));

        Assert.That(pairs, Is.EqualTo(new[] { "one", "two", "one", "two" }));
    }

    [Test]
    public void Execute_AfterItFailed_RunsAgain()
    {
        _connection.Execute(Insert, new { id = 1, word = "one" });

        Assert.That(() => _connection.Execute(Insert, new { id = 1, word = "again" }), Throws.InstanceOf<SqliteException>());

        Assert.That(_connection.Execute(Insert, new { id = 2, word = "two" }), Is.EqualTo(1));
        Assert.That(_connection.ExecuteScalar<long>("SELECT COUNT(*) FROM words"), Is.EqualTo(2));
    }

    [Test]
    public void Execute_WhenATransactionIsRolledBack_LeavesNothingAndRunsInTheNext()
    {
        using (var lost = _connection.BeginTransaction())
        {
            _connection.Execute(Insert, new { id = 1, word = "lost" }, lost);
        }

        using (var kept = _connection.BeginTransaction())
        {
            _connection.Execute(Insert, new { id = 1, word = "kept" }, kept);
            kept.Commit();
        }

        Assert.That(_connection.Query<string>("SELECT word FROM words"), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public void Execute_WhenTheSchemaHasChanged_SeesTheNewOne()
    {
        const string All = "SELECT * FROM words";
        _connection.Execute(Insert, new { id = 1, word = "one" });
        using (var before = _connection.ExecuteReader(All))
        {
            Assert.That(before.FieldCount, Is.EqualTo(2));
        }

        _connection.Execute("ALTER TABLE words ADD COLUMN language TEXT NOT NULL DEFAULT 'en'");

        Assert.That(_connection.QuerySingle<(long Id, string Word, string Language)>(All), Is.EqualTo((1, "one", "en")));
    }

    /// <summary>A statement that is kept where it stopped would keep its snapshot, and the log would grow as long as the process lives.</summary>
    [Test]
    public void Query_WhenItsRowsAreNotReadToTheEnd_LetsTheLogBeEmptied()
    {
        var directory = Directory.CreateTempSubdirectory("keeping-");
        var file = Path.Combine(directory.FullName, "words.db");
        try
        {
            using var writer = Open(file);
            writer.Execute("PRAGMA journal_mode = WAL; CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)");
            writer.Execute(Insert, Enumerable.Range(1, 100).Select(id => new { id, word = "word" }));
            using var reader = Open(file);
            Assert.That(reader.QueryFirst<string>("SELECT word FROM words"), Is.EqualTo("word"));
            Assert.That(reader.ExecuteScalar<string>("SELECT word FROM words ORDER BY id"), Is.EqualTo("word"));

            writer.Execute(Insert, new { id = 101, word = "new" });

            Assert.That(writer.QuerySingle<int>("PRAGMA wal_checkpoint(TRUNCATE)"), Is.Zero, "somebody still reads");
            Assert.That(new FileInfo(file + "-wal").Length, Is.Zero);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void Execute_WhenThereAreTooMany_LetsGoOfThoseNotUsedForLongest()
    {
        _connection.Execute(Insert, new { id = 1, word = "one" });
        for (var i = 0; i < KeepingConnection.MaxKept * 2; i++)
        {
            _connection.ExecuteScalar<long>($"SELECT {i}");
            _connection.ExecuteScalar<string>("SELECT word FROM words WHERE id = @id", new { id = 1 });
        }

        var prepared = Prepared();
        Assert.That(prepared, Has.Count.EqualTo(KeepingConnection.MaxKept));
        Assert.That(prepared, Has.Some.StartsWith("SELECT word FROM words"));
        Assert.That(prepared, Has.None.EqualTo(Insert));
    }

    private static KeepingConnection Open(string file)
    {
        var connection = new KeepingConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>What SQLite itself holds prepared.</summary>
    private List<string> Prepared()
    {
        var found = new List<string>();
        for (var statement = raw.sqlite3_next_stmt(_connection.Handle, null!); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(_connection.Handle, statement))
        {
            found.Add(raw.sqlite3_sql(statement).utf8_to_string());
        }

        return found;
    }
}
