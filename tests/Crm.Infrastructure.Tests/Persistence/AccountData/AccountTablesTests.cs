using Crm.Infrastructure.Persistence.AccountData;
using Crm.Infrastructure.Persistence.Secrets;
using Crm.Infrastructure.Persistence.Sqlite;
using Crm.Infrastructure.Persistence.Transfer;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.AccountData;

/// <summary>A table or column that is added has to be thought of here too.</summary>
public sealed class AccountTablesTests
{
    /// <summary>Ciphertexts and hashes that are no secrets of anybody's.</summary>
    private static readonly string[] NoSecrets = ["api_keys.hash"];

    private static IEnumerable<(string Table, TransferColumn Column)> Columns() =>
        TransferSchema.Tables.SelectMany(table => table.Columns.Select(column => (table.Name, column)));

    [Test]
    public void Tables_WhenComparedWithWhatIsStored_AreAllOfThem() =>
        Assert.That(AccountTables.All.Select(table => table.Name), Is.EquivalentTo(TransferSchema.Tables.Select(table => table.Name)));

    [Test]
    public void Tables_WhenTheirRowsReferToOthers_AreBeforeThose()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteMigrator.Migrate(connection, DateTimeOffset.UnixEpoch);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in AccountTables.All)
        {
            gone.Add(table.Name);
            var needed = connection.Query<(string Table, string From)>($"SELECT \"table\", \"from\" FROM pragma_foreign_key_list('{table.Name}')")
                .Where(key => key.From != "current_connection_id");
            Assert.That(needed.Select(key => key.Table).Intersect(gone), Is.Empty, table.Name);
        }
    }

    [Test]
    public void Owner_WhenComparedWithTheColumns_IsOneOfThem()
    {
        var columns = Columns().Select(one => $"{one.Table}.{one.Column.Name}").ToHashSet(StringComparer.Ordinal);
        Assert.That(AccountTables.All.Select(table => $"{table.Name}.{table.OwnerColumn}"), Is.SubsetOf(columns));
    }

    [Test]
    public void Export_WhenComparedWithTheColumns_WithholdsOnlyWhatThereIs() =>
        Assert.That(AccountExport.Withheld, Is.SubsetOf(Columns().Select(one => $"{one.Table}.{one.Column.Name}")));

    [Test]
    public void Export_WhenColumnsHoldBytes_WithholdsThem() => Assert.That(
        from table in AccountExport.Tables
        from column in table.Columns
        where column.Kind is ColumnKind.Binary
        select $"{table.Table.Name}.{column.Name}",
        Is.EqualTo(new[] { "sends.sealed_text" }), "which is read to be shown in plain, and withheld itself");

    [Test]
    public void Secrets_WhenComparedWithTheColumns_AreAllThatHoldBytes() => Assert.That(
        SecretColumn.All.Select(secret => $"{secret.Table}.{secret.Name}").Concat(NoSecrets),
        Is.EquivalentTo(Columns().Where(one => one.Column.Kind is ColumnKind.Binary).Select(one => $"{one.Table}.{one.Column.Name}")));
}
