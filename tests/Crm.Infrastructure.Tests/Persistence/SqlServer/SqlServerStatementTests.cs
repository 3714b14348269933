using System.Reflection;
using Crm.Infrastructure.Persistence.SqlServer;
using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>
/// Every T-SQL statement there is, found by reflection: the session runs nothing else. None can be run here, so they are read.
/// </summary>
public sealed class SqlServerStatementTests
{
    private const BindingFlags Everything =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly SqlSchema Schema = SqlSchema.OfMigrations();

    /// <summary>
    /// Without what the compiler makes of lambdas, which hold statements that they were given, and without those that move a database,
    /// which are run by an administrator alone and looked at in <see cref="Transfer.SqlServerTransferTests"/>.
    /// </summary>
    private static readonly Type[] Types =
    [
        .. typeof(SqlStatement).Assembly.GetTypes().Where(type =>
            !type.Name.Contains('<') && !typeof(SqlStatement).IsAssignableFrom(type) && type != typeof(SqlServerTransferSql)),
    ];

    private static IEnumerable<(Type Type, FieldInfo Field)> Fields() =>
        from type in Types
        from field in type.GetFields(Everything)
        where IsMadeOfStatements(field.FieldType)
        select (type, field);

    /// <summary>One, or a list or a dictionary of them, as they are made from a list of tables.</summary>
    private static bool IsMadeOfStatements(Type type) =>
        typeof(SqlStatement).IsAssignableFrom(type) || Array.Exists(type.GetGenericArguments(), IsMadeOfStatements);

    private static IEnumerable<SqlStatement> StatementsIn(object? value) => value switch
    {
        SqlStatement statement => [statement],
        System.Collections.IDictionary map => map.Values.Cast<object>().SelectMany(StatementsIn),
        System.Collections.IEnumerable list and not string => list.Cast<object>().SelectMany(StatementsIn),
        _ => [],
    };

    internal static IEnumerable<SqlStatement> All() => Fields().SelectMany(one => StatementsIn(one.Field.GetValue(null)));

    private static IEnumerable<TestCaseData> Statements() =>
        from one in Fields()
        from statement in StatementsIn(one.Field.GetValue(null)).Index()
        select new TestCaseData(statement.Item).SetArgDisplayNames($"{one.Type.Name}.{one.Field.Name} {statement.Index}");

    private static IEnumerable<TestCaseData> RowTypeNames() =>
        from type in Types
        where typeof(ISqlRow).IsAssignableFrom(type) && type.IsClass
        select new TestCaseData(type).SetArgDisplayNames(type.Name);

    [TestCaseSource(nameof(Statements))]
    public void Statement_WhenItIsRead_NamesOnlyWhatThereIs(object statement) =>
        Assert.That(StatementCheck.FindProblems((SqlStatement)statement, Schema), Is.Empty);

    [Test]
    public void Statements_WhenTheyAreCollected_AreAllOfThem()
    {
        var fields = Fields().Select(one => one.Field).ToList();

        TestContext.Out.WriteLine($"{Statements().Count()} statements");
        Assert.That(Statements().Count(), Is.GreaterThan(200));
        Assert.That(fields, Has.All.Matches<FieldInfo>(field => field.IsStatic && field.IsInitOnly), "a statement is a constant");
    }

    [TestCaseSource(nameof(RowTypeNames))]
    public void RowType_WhenItIsComparedWithTheMigrations_HasItsColumnsInTheirOrder(Type row)
    {
        var name = (string)row.GetProperty(nameof(ISqlRow.TypeName))!.GetValue(null)!;
        var sent = row.GetConstructors().MaxBy(one => one.GetParameters().Length)!.GetParameters()
            .Select(parameter => row.GetProperty(parameter.Name!)!)
            .Select(property => (Name: ColumnName(property.Name), SqlText.ServersTypeOf(property.PropertyType), Nullability.Allows(property)));

        Assert.That(sent, Is.EqualTo(Schema.Types[name].Select(column => (column.Name, column.Type, column.IsNullable))));
    }

    [Test]
    public void Migrations_WhenTheyAreRead_MakeWhatSqliteHas()
    {
        Assert.That(Schema.Tables.Keys, Is.SupersetOf(SqliteTables().Select(name => "dbo." + name)));
        Assert.That(Schema.Tables.Keys, Does.Contain("dbo.account_heads").And.Contain("dbo.schema_migrations"));
    }

    private static IEnumerable<string> SqliteTables() => TransferSchema.Tables.Select(table => table.Name);

    private static string ColumnName(string property) => property == "Value"
        ? "message_id"
        : string.Concat(property.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
