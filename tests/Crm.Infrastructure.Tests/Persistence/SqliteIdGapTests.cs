using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence;

public sealed class SqliteIdGapTests
{
    private string _bootIdFile = null!;
    private SqliteConnection _connection = null!;

    [SetUp]
    public void SetUp()
    {
        _bootIdFile = Path.GetTempFileName();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        SqliteMigrator.Migrate(_connection, default);
        _connection.Execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', 5), ('messages', 7), ('accounts', 1)");
        Start("boot-1");
        Assert.That(Ids(), Is.EqualTo((SqliteIdGap.Size + 5, SqliteIdGap.Size + 7)), "what came before is unknown");
    }

    [TearDown]
    public void TearDown()
    {
        _connection.Dispose();
        File.Delete(_bootIdFile);
    }

    [Test]
    public void Open_WhenOnlyTheProcessStartedAnew_LeavesNoGap()
    {
        var before = Ids();
        for (var i = 0; i < 100; i++)
        {
            Start("boot-1");
        }

        Assert.That(Ids(), Is.EqualTo(before));
    }

    [Test]
    public void Open_WhenTheMachineStartedAnew_LeavesOneGap()
    {
        var (events, messages) = Ids();
        Start("boot-2");
        Start("boot-2");
        Assert.That(Ids(), Is.EqualTo((events + SqliteIdGap.Size, messages + SqliteIdGap.Size)));
        Assert.That(_connection.ExecuteScalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'accounts'"), Is.EqualTo(1));
    }

    [Test]
    public void Open_WhenTheSystemNamesNoStart_LeavesAGapUnlessTheLastProcessEndedInOrder()
    {
        Start(null).Close(_connection);
        var before = Ids();
        Start(null).Close(_connection);
        Assert.That(Ids(), Is.EqualTo(before));

        Start(null);
        Start(null);
        Assert.That(Ids().Events, Is.EqualTo(before.Events + SqliteIdGap.Size));
    }

    private SqliteIdGap Start(string? bootId)
    {
        File.WriteAllText(_bootIdFile, bootId + "\n");
        var gap = new SqliteIdGap(bootId is null ? _bootIdFile + ".none" : _bootIdFile);
        gap.Open(_connection);
        return gap;
    }

    private (long Events, long Messages) Ids() => (
        _connection.ExecuteScalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'events'"),
        _connection.ExecuteScalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'messages'"));
}
