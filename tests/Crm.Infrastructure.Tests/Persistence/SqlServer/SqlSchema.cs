using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>A column as the migrations make it.</summary>
internal sealed record SqlColumn(string Name, string Type, bool IsNullable, bool IsGiven);

/// <summary>The tables and table types that the migrations make, read by SQL Server's own parser.</summary>
internal sealed class SqlSchema
{
    private readonly Dictionary<string, IReadOnlyList<SqlColumn>> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SqlColumn>> _types = new(StringComparer.Ordinal);

    public static SqlSchema OfMigrations()
    {
        var schema = new SqlSchema();
        foreach (var batch in MigrationScript.Load(typeof(SqlServerMigrator)).SelectMany(SqlServerMigrator.Split))
        {
            foreach (var statement in SqlText.Parse(batch.Text))
            {
                schema.Add(statement);
            }
        }

        return schema;
    }

    public IReadOnlyDictionary<string, IReadOnlyList<SqlColumn>> Tables => _tables;

    public IReadOnlyDictionary<string, IReadOnlyList<SqlColumn>> Types => _types;

    private void Add(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement table:
                _tables.Add(SqlText.NameOf(table.SchemaObjectName), ColumnsOf(table.Definition));
                break;
            case CreateTypeTableStatement type:
                _types.Add(SqlText.NameOf(type.Name), ColumnsOf(type.Definition));
                break;
            case AlterTableAddTableElementStatement alter:
                var name = SqlText.NameOf(alter.SchemaObjectName);
                _tables[name] = [.. _tables[name], .. ColumnsOf(alter.Definition)];
                break;
        }
    }

    private static List<SqlColumn> ColumnsOf(TableDefinition definition) =>
    [
        .. definition.ColumnDefinitions.Select(column => new SqlColumn(
            column.ColumnIdentifier.Value,
            SqlText.TypeOf(column.DataType),
            column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable,
            column.IdentityOptions is not null || column.DefaultConstraint is not null)),
    ];
}

/// <summary>T-SQL as SQL Server 2019 reads it.</summary>
internal static class SqlText
{
    public static IReadOnlyList<TSqlStatement> Parse(string text)
    {
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        return errors.Count == 0
            ? [.. script.Batches.SelectMany(batch => batch.Statements)]
            : throw new FormatException(string.Join("; ", errors.Select(error => error.Message)));
    }

    public static string NameOf(SchemaObjectName name) => string.Join('.', name.Identifiers.Select(part => part.Value));

    public static string TypeOf(DataTypeReference type) => NameOf(type.Name).ToLowerInvariant();

    /// <summary>What a type of the server's is here.</summary>
    public static string? ServersTypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name switch
    {
        nameof(Int64) => "bigint",
        nameof(Int32) => "int",
        nameof(Boolean) => "bit",
        nameof(String) => "nvarchar",
        _ => type == typeof(byte[]) ? "varbinary" : null,
    };
}
