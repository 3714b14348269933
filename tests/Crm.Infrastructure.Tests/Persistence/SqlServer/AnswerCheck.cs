using System.Reflection;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>Compares what a statement answers with what its rows are read as.</summary>
internal static class AnswerCheck
{
    /// <summary>Only told where it is asked for.</summary>
    private const string Optional = nameof(ImportRow.IsDue);

    public static IEnumerable<string> FindProblems(Type? row, List<(IList<SelectElement> Elements, List<SqlColumn?> Columns)> answers)
    {
        if (answers.Count != (row is null ? 0 : 1))
        {
            return [$"it answers {answers.Count} sets of rows"];
        }

        // Columns that are read by their place are named in the order of the list that they are read by.
        return row is null || row == typeof(object[]) ? [] : FindProblems(row, answers[0].Elements, answers[0].Columns);
    }

    private static IEnumerable<string> FindProblems(Type row, IList<SelectElement> elements, List<SqlColumn?> columns)
    {
        var names = elements.Select(element => (element as SelectScalarExpression)?.ColumnName?.Value).ToList();
        if (SqlText.ServersTypeOf(row) is not null)
        {
            return names is ["Value"] ? Compare("Value", row, mayBeNull: row.IsClass || Nullable.GetUnderlyingType(row) is not null, columns[0])
                : ["a single value is called Value"];
        }

        var properties = row.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        var missing = properties.Where(property => property.Name != Optional && !names.Contains(property.Name)).Select(property => $"{property.Name} is not answered");
        return missing.Concat(names.Zip(columns).SelectMany(pair => CompareProperty(properties, pair.First, pair.Second)));
    }

    private static IEnumerable<string> CompareProperty(List<PropertyInfo> properties, string? name, SqlColumn? column) =>
        properties.Find(property => property.Name == name) is { } property
            ? Compare(property.Name, property.PropertyType, Nullability.Allows(property), column)
            : [$"{name ?? "a column without a name"} is read by nobody"];

    private static IEnumerable<string> Compare(string name, Type type, bool mayBeNull, SqlColumn? column)
    {
        if (column is null)
        {
            yield break;
        }

        var read = SqlText.ServersTypeOf(type);
        if (read != column.Type)
        {
            yield return $"{name} is read as {read} and is {column.Type}";
        }

        if (column.IsNullable && !mayBeNull)
        {
            yield return $"{name} may be null and is read as what can't be";
        }
    }
}

internal static class Nullability
{
    /// <summary>Whether a property may be null by its declaration.</summary>
    public static bool Allows(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable);
}

internal static class RowTypes
{
    /// <summary>The table type that a parameter of rows is of.</summary>
    public static string? FindTypeName(Type parameter) =>
        parameter.IsGenericType && parameter.GetGenericTypeDefinition() == typeof(SqlRows<>)
            ? (string?)parameter.GetGenericArguments()[0].GetProperty("TypeName")!.GetValue(null)
            : null;
}
