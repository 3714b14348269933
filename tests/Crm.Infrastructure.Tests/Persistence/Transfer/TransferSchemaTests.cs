using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.Transfer;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

/// <summary>What moves is what the migrations make.</summary>
[TestFixture]
internal sealed class TransferSchemaTests
{
    private SqliteConnection _connection = null!;

    [SetUp]
    public void Migrate()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        SqliteMigrator.Migrate(_connection, DateTimeOffset.UnixEpoch);
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [Test]
    public void Tables_WhenComparedWithTheMigrations_AreAllOfThem() => Assert.That(
        TransferSchema.Tables.Select(table => table.Name).Concat(TransferSchema.LeftBehind.Keys.Except(["account_heads"], StringComparer.Ordinal)),
        Is.EquivalentTo(_connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")));

    [TestCaseSource(nameof(Tables))]
    public void Columns_WhenComparedWithTheMigrations_AreAllOfThem(string name)
    {
        var table = TransferSchema.Tables.Single(table => table.Name == name);
        var columns = _connection.Query<(string Name, string Type, bool IsNeeded, long Key)>(
            $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')").ToList();
        Assert.That(
            table.Columns.Select(column => (column.Name, Type(column.Kind), column.IsNullable, column.IsKey)),
            Is.EquivalentTo(columns.Select(column => (column.Name, column.Type, !column.IsNeeded && column.Key == 0, column.Key > 0))));
        Assert.That(
            table.Insert.Key.Select(column => column.Name),
            Is.EqualTo(columns.Where(column => column.Key > 0).OrderBy(column => column.Key).Select(column => column.Name)));
    }

    [Test]
    public void Order_WhenRowsReferToOthers_BringsThoseFirst()
    {
        var brought = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in TransferSchema.Tables)
        {
            var waiting = table.Columns.Where(column => column.IsLate).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            var needed = _connection.Query<(string Table, string From)>($"SELECT \"table\", \"from\" FROM pragma_foreign_key_list('{table.Name}')")
                .Where(key => !waiting.Contains(key.From));
            Assert.That(needed.Select(key => key.Table), Is.SubsetOf(brought), table.Name);
            brought.Add(table.Name);
        }
    }

    [Test]
    public void Sequences_WhenComparedWithTheMigrations_AreThoseOfTablesWithAutoincrement() => Assert.That(
        TransferSchema.Tables.Where(table => table.HasSequence).Select(table => table.Name),
        Is.EquivalentTo(_connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")));

    /// <summary>A file says which version it has: when this fails, raise the version and put the new sum here.</summary>
    [Test]
    public void Version_WhenWhatMovesIsChanged_HasToBeRaised()
    {
        var description = TransferSchema.Tables.Select(object?[] (table) =>
            [.. table.Columns.Select(column => $"{table.Name}.{column.Name} {column.Kind} {column.IsNullable} {column.IsKey}")]);
        Assert.That((TransferSchema.Version, RowHash.Sum(description)), Is.EqualTo((2, -1805108683870684469)));
    }

    private static IEnumerable<string> Tables() => TransferSchema.Tables.Select(table => table.Name);

    private static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "INTEGER",
        ColumnKind.Text => "TEXT",
        _ => "BLOB",
    };
}
