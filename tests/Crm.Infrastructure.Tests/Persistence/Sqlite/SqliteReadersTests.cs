using System.Data;
using Crm.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.Sqlite;

public sealed class SqliteReadersTests
{
    private SqliteReaders _readers = null!;

    [SetUp]
    public void SetUp() => _readers = new SqliteReaders("Data Source=:memory:");

    [TearDown]
    public void TearDown() => _readers.Forget();

    [Test]
    public void Read_WhenTheLastReadHasEnded_IsDoneWithItsConnection()
    {
        var last = _readers.Read(Itself);

        Assert.That(_readers.Read(Itself), Is.SameAs(last));
    }

    [Test]
    public void Read_WhileAnotherReads_IsDoneWithAnother() =>
        Assert.That(_readers.Read(outer => _readers.Read(inner => ReferenceEquals(outer, inner))), Is.False);

    [Test]
    public void Read_AfterOneFailed_IsDoneWithAnother()
    {
        SqliteConnection? failed = null;

        Assert.That(() => _readers.Read<int>(connection => throw new InvalidOperationException((failed = connection).DataSource)), Throws.InvalidOperationException);

        Assert.That(_readers.Read(Itself), Is.Not.SameAs(failed));
        Assert.That(failed!.State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public void Forget_WhileOneReads_ClosesItAfterwards()
    {
        var idle = _readers.Read(outer => _readers.Read(Itself));
        var reading = _readers.Read(connection =>
        {
            _readers.Forget();
            return connection;
        });

        Assert.That(idle.State, Is.EqualTo(ConnectionState.Closed));
        Assert.That(reading.State, Is.EqualTo(ConnectionState.Closed));
        Assert.That(_readers.Read(Itself), Is.Not.SameAs(reading).And.Not.SameAs(idle));
    }

    [Test]
    public void Read_WhenManyReadAtOnce_KeepsAFew()
    {
        var used = new List<SqliteConnection>();

        Nest(SqliteReaders.MaxKept * 2);

        Assert.That(used.Count(connection => connection.State is ConnectionState.Open), Is.EqualTo(SqliteReaders.MaxKept));

        int Nest(int depth) => depth == 0
            ? 0
            : _readers.Read(connection =>
            {
                used.Add(connection);
                return Nest(depth - 1);
            });
    }

    private static SqliteConnection Itself(SqliteConnection connection) => connection;
}
