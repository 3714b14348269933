using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Statements over the tables that move, one of each kind for each: made once from <see cref="TransferSchema"/>, never from input.</summary>
internal static class SqlServerTransferSql
{
    /// <summary>Where a table's primary key is another than SQLite's: it is read in that order, because no other is kept.</summary>
    private static readonly Dictionary<string, string[]> Orders = new(StringComparer.Ordinal)
    {
        ["messages"] = ["account_id", "id"],
        ["message_revisions"] = ["message_row_id", "id"],
        ["events"] = ["account_id", "id"],
    };

    /// <summary>A page of a step's rows behind a position.</summary>
    public static readonly IReadOnlyDictionary<string, SqlQuery<PagePosition, long?>> Pages =
        TransferSchema.Steps.Concat(TransferSchema.Tables.Select(table => table.Whole)).DistinctBy(NameOf)
            .ToDictionary(NameOf, Page, StringComparer.Ordinal);

    public static readonly IReadOnlyDictionary<string, SqlQuery<NoParameters, long?>> Counts = TransferSchema.Tables.ToDictionary(
        table => table.Name,
        table => new SqlQuery<NoParameters, long?>($"SELECT CAST(COUNT_BIG(*) AS BIGINT) AS Value FROM dbo.{table.Name}"),
        StringComparer.Ordinal);

    /// <summary>The newest id that was given; 1 where none was.</summary>
    public static readonly IReadOnlyDictionary<string, SqlQuery<NoParameters, long?>> Identities =
        TransferSchema.Tables.Where(table => table.HasSequence).ToDictionary(
            table => table.Name,
            table => new SqlQuery<NoParameters, long?>($"SELECT CAST(IDENT_CURRENT(N'dbo.{table.Name}') AS BIGINT) AS Value"),
            StringComparer.Ordinal);

    /// <summary>The value may not be a variable on every engine, so a number, and nothing else, is put into the text by the server.</summary>
    public static readonly IReadOnlyDictionary<string, SqlChange<ToReseed>> Reseeds =
        TransferSchema.Tables.Where(table => table.HasSequence).ToDictionary(
            table => table.Name,
            table => new SqlChange<ToReseed>($"""
                DECLARE @Sql NVARCHAR(200);
                SET @Sql = N'DBCC CHECKIDENT (N''dbo.{table.Name}'', RESEED, ' + CAST(@Last AS NVARCHAR(20)) + N') WITH NO_INFOMSGS';
                EXEC sp_executesql @Sql;
                """),
            StringComparer.Ordinal);

    /// <summary>A step, or its table whole, where that has more columns.</summary>
    public static string NameOf(TransferStep step) =>
        step.IsLate || step.Columns.Count < step.Table.Columns.Count ? step.Name : $"{step.Name}.*";

    /// <summary>The columns a step's rows are read in order of.</summary>
    public static IReadOnlyList<TransferColumn> OrderOf(TransferStep step) => Orders.TryGetValue(step.Table.Name, out var names)
        ? [.. names.Select(name => step.Columns.Single(column => column.Name == name))]
        : [.. step.Key];

    private static SqlQuery<PagePosition, long?> Page(TransferStep step)
    {
        var order = OrderOf(step);
        var behind = Enumerable.Range(0, order.Count).Select(last => string.Join(
            " AND ",
            Enumerable.Range(0, last + 1).Select(i => $"[{order[i].Name}] {(i == last ? ">" : "=")} @{NameOf(order, i)}")));
        return new SqlQuery<PagePosition, long?>($"""
            SELECT TOP (@Take) {string.Join(", ", step.Columns.Select(column => $"[{column.Name}]"))} FROM dbo.{step.Table.Name}
            WHERE ({string.Join(") OR (", behind)})
            ORDER BY {string.Join(", ", order.Select(column => $"[{column.Name}]"))}
            """);
    }

    /// <summary>The name of a position's parameter: numbers and texts have different ones.</summary>
    public static string NameOf(IReadOnlyList<TransferColumn> order, int i) => order[i].Kind is ColumnKind.Integer ? $"Number{i}" : $"Text{i}";

    /// <summary>Where a page begins. A table uses those that its key has.</summary>
    internal sealed record PagePosition(int Take, long Number0, long Number1, long Number2, string Text1, string Text2);

    internal sealed record ToReseed(long Last);
}
