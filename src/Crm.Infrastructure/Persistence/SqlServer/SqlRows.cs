using System.Data;
using System.Reflection;
using Microsoft.Data.SqlClient.Server;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>A row of a table type of the schema: the parameters of its constructor are the type's columns, in their order.</summary>
internal interface ISqlRow
{
    static abstract string TypeName { get; }
}

/// <summary>Many rows as one parameter.</summary>
internal abstract class SqlRows
{
    public abstract string TypeName { get; }

    /// <summary>What the client sends; null for no rows, because it refuses an empty list.</summary>
    public abstract IEnumerable<SqlDataRecord>? ToRecords();
}

internal sealed class SqlRows<TRow>(IReadOnlyList<TRow> rows) : SqlRows
    where TRow : ISqlRow
{
    private static readonly PropertyInfo[] Columns =
    [
        .. typeof(TRow).GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!
            .GetParameters().Select(parameter => typeof(TRow).GetProperty(parameter.Name!)!),
    ];

    public override string TypeName => TRow.TypeName;

    public override IEnumerable<SqlDataRecord>? ToRecords() => rows.Count == 0 ? null : rows.Select(ToRecord);

    private static SqlDataRecord ToRecord(TRow row)
    {
        var record = new SqlDataRecord([.. Columns.Select(Describe)]);
        for (var i = 0; i < Columns.Length; i++)
        {
            var value = Columns[i].GetValue(row);
            record.SetValue(i, value is string text ? SqlParameters.Storable(text) : value ?? DBNull.Value);
        }

        return record;
    }

    private static SqlMetaData Describe(PropertyInfo column)
    {
        var type = SqlParameters.TypeOf(column.PropertyType);
        return type is SqlDbType.NVarChar
            ? new SqlMetaData(column.Name, type, SqlMetaData.Max)
            : new SqlMetaData(column.Name, type);
    }
}
