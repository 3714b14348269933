using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.SqlServer;
using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

/// <summary>What moves to and from SQL Server is what its migrations make, and the statements for it are T-SQL.</summary>
[TestFixture]
internal sealed class SqlServerTransferTests
{
    private static readonly IReadOnlyList<TSqlStatement> Migrations =
        [.. MigrationScript.Load(typeof(SqlServerMigrator)).SelectMany(script => Parse(script.Sql))];

    private static readonly IReadOnlyDictionary<string, CreateTableStatement> Created =
        Migrations.OfType<CreateTableStatement>().ToDictionary(table => table.SchemaObjectName.BaseIdentifier.Value, StringComparer.Ordinal);

    [Test]
    public void Tables_WhenComparedWithTheMigrations_AreAllOfThem() => Assert.That(
        TransferSchema.Tables.Select(table => table.Name).Concat(TransferSchema.LeftBehind.Keys.Except(["machine_starts"], StringComparer.Ordinal)),
        Is.EquivalentTo(Created.Keys));

    [TestCaseSource(nameof(Tables))]
    public void Columns_WhenComparedWithTheMigrations_AreAllOfThem(string name)
    {
        var table = TransferSchema.Tables.Single(table => table.Name == name);
        var added = Migrations.OfType<AlterTableAddTableElementStatement>()
            .Where(change => change.SchemaObjectName.BaseIdentifier.Value == name).SelectMany(change => change.Definition.ColumnDefinitions);
        List<ColumnDefinition> columns = [.. Created[name].Definition.ColumnDefinitions, .. added];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                table.Columns.Select(column => (column.Name, column.Kind, column.IsNullable)),
                Is.EquivalentTo(columns.Select(column => (column.ColumnIdentifier.Value, KindOf(column), IsNullable(column)))));
            Assert.That(table.HasSequence, Is.EqualTo(columns.Any(column => column.IdentityOptions is not null)));
        }
    }

    [Test]
    public void Storable_WhenATextHoldsWhatNotEveryEngineTakes_PutsTheReplacementCharacterInItsPlace() => Assert.That(
        SqlServerTransferTarget.Storable(new TransferRow([1L, "a\0b", null, new byte[] { 0 }], Line: 7)),
        Is.EqualTo(new TransferRow([1L, "a\uFFFDb", null, new byte[] { 0 }], Line: 7)).Using<TransferRow>(
            (one, other) => one.Line == other.Line && RowHash.Of(one.Values) == RowHash.Of(other.Values)));

    /// <summary>A page is found by an index only in the order of the primary key.</summary>
    [TestCaseSource(nameof(Tables))]
    public void Order_WhenComparedWithTheMigrations_IsThePrimaryKeys(string name)
    {
        var key = Created[name].Definition.TableConstraints.OfType<UniqueConstraintDefinition>().Single(constraint => constraint.IsPrimaryKey);
        var whole = TransferSchema.Tables.Single(table => table.Name == name).Whole;
        Assert.That(
            SqlServerTransferSql.OrderOf(whole).Select(column => column.Name),
            Is.EqualTo(key.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value)));
    }

    [Test]
    public void Statements_WhenTheyAreParsed_AreTransactSql()
    {
        IReadOnlyList<SqlStatement> statements =
        [
            .. SqlServerTransferSql.Pages.Values, .. SqlServerTransferSql.Counts.Values, .. SqlServerTransferSql.Identities.Values,
            .. SqlServerTransferSql.Reseeds.Values,
        ];
        Assert.That(statements, Has.Count.GreaterThan(50));
        foreach (var statement in statements)
        {
            Assert.That(() => Parse(statement.Text), Throws.Nothing, statement.Text);
        }
    }

    [Test]
    public void Parse_WhenItIsNoTransactSql_SeesIt() => Assert.That(() => Parse("SELECT FROM WHERE"), Throws.TypeOf<FormatException>());

    [Test]
    public void LateSteps_WhenCounted_AreTheOneThatHasAStatement() =>
        Assert.That(TransferSchema.Steps.Where(step => step.IsLate).Select(step => step.Name), Is.EqualTo(new[] { "accounts.current_connection_id" }));

    private static IEnumerable<string> Tables() => TransferSchema.Tables.Select(table => table.Name);

    private static List<TSqlStatement> Parse(string text)
    {
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Count == 0
            ? [.. script.Batches.SelectMany(batch => batch.Statements)]
            : throw new FormatException(string.Join("; ", errors.Select(error => error.Message)));
    }

    private static bool IsNullable(ColumnDefinition column) => column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable;

    private static ColumnKind KindOf(ColumnDefinition column) => column.DataType.Name.BaseIdentifier.Value.ToUpperInvariant() switch
    {
        "BIGINT" or "INT" or "BIT" => ColumnKind.Integer,
        "NVARCHAR" => ColumnKind.Text,
        "VARBINARY" => ColumnKind.Binary,
        var other => throw new InvalidOperationException(other),
    };
}
