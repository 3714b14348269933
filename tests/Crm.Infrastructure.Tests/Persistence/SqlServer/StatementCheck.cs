using System.Reflection;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>
/// Says what is wrong with a statement before a server ever sees it: names that the migrations don't make, parameters that are not
/// supplied or not used, types that don't fit, and whatever one of the engines we promise doesn't do or does otherwise.
/// </summary>
internal sealed class StatementCheck(SqlSchema schema) : TSqlFragmentVisitor
{
    private static readonly HashSet<string> KnownFunctions = new(["MAX", "MIN", "COUNT", "OBJECT_ID"], StringComparer.Ordinal);
    private static readonly HashSet<string> KnownProcedures = new(["sp_getapplock", "sp_releaseapplock"], StringComparer.Ordinal);

    private readonly List<string> _problems = [];
    private readonly Dictionary<string, PropertyInfo> _supplied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Stack<Dictionary<string, IReadOnlyList<SqlColumn>>> _scopes = new();
    private readonly List<(IList<SelectElement> Elements, List<SqlColumn?> Columns)> _answers = [];

    public static IReadOnlyList<string> FindProblems(SqlStatement statement, SqlSchema schema)
    {
        try
        {
            var check = new StatementCheck(schema);
            check.Run(statement);
            return check._problems;
        }
        catch (FormatException exception)
        {
            return [$"doesn't parse: {exception.Message}"];
        }
    }

    public override void ExplicitVisit(QuerySpecification node)
    {
        _scopes.Push(TablesOf(node.FromClause));
        base.ExplicitVisit(node);
        _scopes.Pop();
    }

    public override void ExplicitVisit(SelectStatement node)
    {
        if (node.QueryExpression is QuerySpecification query && !query.SelectElements.All(element => element is SelectSetVariable))
        {
            Answer(query.SelectElements, TablesOf(query.FromClause));
        }

        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(InsertSpecification node)
    {
        var target = ColumnsOf((NamedTableReference)node.Target);
        ForbidCtes(node);
        _scopes.Push(new(StringComparer.OrdinalIgnoreCase) { ["INSERTED"] = target, [""] = target });
        CheckInsert(node, target);
        if (node.OutputClause is { } output)
        {
            Answer(output.SelectColumns, _scopes.Peek());
        }

        base.ExplicitVisit(node);
        _scopes.Pop();
    }

    public override void ExplicitVisit(UpdateSpecification node)
    {
        ForbidCtes(node);
        Refuse(node.OutputClause is not null, "UPDATE answers with OUTPUT, which not every engine does alike");
        var tables = TablesOf(node.FromClause);
        var name = SqlText.NameOf(((NamedTableReference)node.Target).SchemaObject);
        if (!tables.TryGetValue(name, out var target))
        {
            target = ColumnsOf((NamedTableReference)node.Target);
            tables[name] = target;
        }

        _scopes.Push(tables);
        foreach (var clause in node.SetClauses.OfType<AssignmentSetClause>())
        {
            CheckValue(Find(target, clause.Column.MultiPartIdentifier.Identifiers[^1].Value), clause.NewValue, "SET");
        }

        base.ExplicitVisit(node);
        _scopes.Pop();
    }

    public override void ExplicitVisit(DeleteSpecification node)
    {
        ForbidCtes(node);
        Refuse(node.OutputClause is not null || node.FromClause is not null, "DELETE is plain: no OUTPUT, no FROM besides its table");
        var target = (NamedTableReference)node.Target;
        _scopes.Push(new(StringComparer.Ordinal) { [SqlText.NameOf(target.SchemaObject)] = ColumnsOf(target) });
        base.ExplicitVisit(node);
        _scopes.Pop();
    }

    public override void Visit(ColumnReferenceExpression node)
    {
        if (node.ColumnType is ColumnType.Regular)
        {
            Refuse(Resolve(node) is null, $"there is no column {NameOf(node)}");
        }
    }

    public override void Visit(BooleanComparisonExpression node)
    {
        CheckComparison(node.FirstExpression, node.SecondExpression);
        CheckComparison(node.SecondExpression, node.FirstExpression);
    }

    public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue.Accept(this);

    public override void Visit(VariableReference node) => _used.Add(node.Name);

    public override void Visit(DeclareVariableElement node) => _declared.Add(node.VariableName.Value);

    public override void Visit(NamedTableReference node) => Refuse(node.TableHints.Count > 0, "lock hints are ignored by one of the engines");

    public override void Visit(FunctionCall node) =>
        Refuse(!KnownFunctions.Contains(node.FunctionName.Value), $"function {node.FunctionName.Value} isn't known to be everywhere");

    public override void Visit(ProcedureReference node) =>
        Refuse(!KnownProcedures.Contains(SqlText.NameOf(node.Name)), $"procedure {SqlText.NameOf(node.Name)} isn't known to be everywhere");

    public override void Visit(TopRowFilter node) =>
        Refuse(node.Expression is not ParenthesisExpression || node.Percent || node.WithTies, "TOP is written TOP (n)");

    public override void Visit(MergeStatement node) => Refuse(true, "MERGE");

    public override void Visit(WaitForStatement node) => Refuse(true, "WAITFOR");

    public override void Visit(SelectStarExpression node) => Refuse(true, "SELECT *");

    public override void Visit(OpenJsonTableReference node) => Refuse(true, "OPENJSON doesn't give every text back alike: rows come as a table type");

    public override void Visit(ExecutableStringList node) => Refuse(true, "SQL put together at run time");

    public override void Visit(OptimizerHint node) => Refuse(true, "a hint to the optimizer");

    public override void Visit(SetTransactionIsolationLevelStatement node) => Refuse(true, "the isolation level is the transaction's");

    private static string NameOf(ColumnReferenceExpression node) =>
        string.Join('.', node.MultiPartIdentifier.Identifiers.Select(part => part.Value));

    private void Run(SqlStatement statement)
    {
        foreach (var property in statement.Parameters.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            _supplied.Add("@" + property.Name, property);
        }

        foreach (var parsed in SqlText.Parse(statement.Text))
        {
            parsed.Accept(this);
        }

        _problems.AddRange(_used.Where(name => !_supplied.ContainsKey(name) && !_declared.Contains(name)).Select(name => $"{name} is not supplied"));
        _problems.AddRange(_supplied.Keys.Where(name => !_used.Contains(name)).Select(name => $"{name} is not used"));
        _problems.AddRange(AnswerCheck.FindProblems(statement.Row, _answers));
    }

    private void Refuse(bool isWrong, string problem)
    {
        if (isWrong)
        {
            _problems.Add(problem);
        }
    }

    private void ForbidCtes(DataModificationSpecification node) =>
        Refuse(node.Target is not NamedTableReference, "only tables are written to, by their names");

    public override void Visit(WithCtesAndXmlNamespaces node) => Refuse(true, "a common table expression");

    private void Answer(IList<SelectElement> elements, Dictionary<string, IReadOnlyList<SqlColumn>> tables)
    {
        _scopes.Push(tables);
        _answers.Add((elements, [.. elements.Select(element => Describe((element as SelectScalarExpression)?.Expression))]));
        _scopes.Pop();
    }

    /// <summary>What an expression is, as far as it can be told; null where it can't.</summary>
    private SqlColumn? Describe(ScalarExpression? expression) => expression switch
    {
        ColumnReferenceExpression { ColumnType: ColumnType.Regular } column => Resolve(column),
        CastCall cast => new SqlColumn("", SqlText.TypeOf(cast.DataType), Describe(cast.Parameter)?.IsNullable ?? false, IsGiven: false),
        IntegerLiteral => new SqlColumn("", "int", IsNullable: false, IsGiven: false),
        FunctionCall { FunctionName.Value: "MAX" or "MIN" } call => Describe(call.Parameters[0]),
        FunctionCall { FunctionName.Value: "COUNT" } => new SqlColumn("", "int", IsNullable: false, IsGiven: false),
        CoalesceExpression coalesce => Describe(coalesce.Expressions[0]) is { } first
            ? first with { IsNullable = coalesce.Expressions.All(one => Describe(one)?.IsNullable ?? true) }
            : null,
        _ => null,
    };

    private void CheckInsert(InsertSpecification node, IReadOnlyList<SqlColumn> target)
    {
        var named = node.Columns.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value).ToList();
        foreach (var missing in target.Where(column => !column.IsNullable && !column.IsGiven && !named.Contains(column.Name)))
        {
            _problems.Add($"INSERT leaves out {missing.Name}");
        }

        IReadOnlyList<ScalarExpression?> values = node.InsertSource switch
        {
            ValuesInsertSource { RowValues: [var row] } => [.. row.ColumnValues],
            SelectInsertSource { Select: QuerySpecification query } =>
                [.. query.SelectElements.Select(element => (element as SelectScalarExpression)?.Expression)],
            _ => [],
        };
        Refuse(values.Count != named.Count, $"INSERT has {named.Count} columns and {values.Count} values");
        foreach (var (name, value) in named.Zip(values))
        {
            CheckValue(Find(target, name), value, "INSERT");
        }
    }

    private void CheckValue(SqlColumn? column, ScalarExpression? value, string where)
    {
        if (column is null)
        {
            Refuse(true, $"{where} names a column that its table doesn't have");
        }
        else if (value is VariableReference variable && _supplied.TryGetValue(variable.Name, out var property))
        {
            CheckType(column, variable.Name, property);
            Refuse(!column.IsNullable && Nullability.Allows(property), $"{variable.Name} may be null, {column.Name} may not");
        }
        else if (value is NullLiteral)
        {
            Refuse(!column.IsNullable, $"{column.Name} may not be null");
        }
    }

    private void CheckComparison(ScalarExpression column, ScalarExpression value)
    {
        if (column is ColumnReferenceExpression reference && Resolve(reference) is { } resolved
            && value is VariableReference variable && _supplied.TryGetValue(variable.Name, out var property))
        {
            CheckType(resolved, variable.Name, property, isCompared: true);
        }
    }

    private void CheckType(SqlColumn column, string name, PropertyInfo property, bool isCompared = false)
    {
        var type = SqlText.ServersTypeOf(property.PropertyType);
        var isWider = isCompared && column.Type == "int" && type == "bigint";
        Refuse(type != column.Type && !isWider, $"{name} is {type}, {column.Name} is {column.Type}");
    }

    private SqlColumn? Resolve(ColumnReferenceExpression node)
    {
        var parts = node.MultiPartIdentifier.Identifiers;
        var name = parts[^1].Value;
        if (parts.Count == 1)
        {
            return _scopes.Select(scope => scope.Values.Select(columns => Find(columns, name)).FirstOrDefault(found => found is not null))
                .FirstOrDefault(found => found is not null);
        }

        return parts.Count == 2 && _scopes.FirstOrDefault(scope => scope.ContainsKey(parts[0].Value)) is { } of
            ? Find(of[parts[0].Value], name)
            : null;
    }

    private static SqlColumn? Find(IReadOnlyList<SqlColumn> columns, string name) =>
        columns.FirstOrDefault(column => column.Name == name);

    private Dictionary<string, IReadOnlyList<SqlColumn>> TablesOf(FromClause? from)
    {
        var tables = new Dictionary<string, IReadOnlyList<SqlColumn>>(StringComparer.Ordinal);
        foreach (var table in from?.TableReferences ?? [])
        {
            Collect(table, tables);
        }

        return tables;
    }

    private void Collect(TableReference table, Dictionary<string, IReadOnlyList<SqlColumn>> tables)
    {
        switch (table)
        {
            case NamedTableReference named:
                tables[named.Alias?.Value ?? SqlText.NameOf(named.SchemaObject)] = ColumnsOf(named);
                break;
            case VariableTableReference rows:
                tables[rows.Alias?.Value ?? ""] = ColumnsOf(rows);
                break;
            case QualifiedJoin join:
                Collect(join.FirstTableReference, tables);
                Collect(join.SecondTableReference, tables);
                break;
            default:
                Refuse(true, $"{table.GetType().Name} isn't read from");
                break;
        }
    }

    private IReadOnlyList<SqlColumn> ColumnsOf(NamedTableReference table)
    {
        var name = SqlText.NameOf(table.SchemaObject);
        return name.StartsWith("dbo.", StringComparison.Ordinal) && schema.Tables.TryGetValue(name, out var columns)
            ? columns
            : Missing($"there is no table {name}");
    }

    private IReadOnlyList<SqlColumn> ColumnsOf(VariableTableReference rows) =>
        _supplied.TryGetValue(rows.Variable.Name, out var property) && RowTypes.FindTypeName(property.PropertyType) is { } name
            && schema.Types.TryGetValue(name, out var columns)
            ? columns
            : Missing($"{rows.Variable.Name} is no rows of a type that the migrations make");

    private IReadOnlyList<SqlColumn> Missing(string problem)
    {
        Refuse(true, problem);
        return [];
    }
}
