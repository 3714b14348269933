namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>What a column holds, whatever a dialect calls it.</summary>
internal enum ColumnKind
{
    Integer,
    Text,
    Binary,
}

/// <summary>A column of a table that moves.</summary>
/// <param name="Name">As in every dialect's schema.</param>
/// <param name="Kind">Values are <see cref="long"/>, <see cref="string"/> or <see cref="byte"/> arrays; null where it may be.</param>
internal sealed record TransferColumn(string Name, ColumnKind Kind)
{
    public bool IsNullable { get; init; }

    public bool IsKey { get; init; }

    /// <summary>Names a row of a table that moves later; filled in when all of them are there.</summary>
    public bool IsLate { get; init; }
}

/// <summary>A table that moves, its columns in order.</summary>
internal sealed class TransferTable
{
    public TransferTable(string name, params IReadOnlyList<TransferColumn> columns)
    {
        (Name, Columns) = (name, columns);
        Whole = new TransferStep(this, name, columns, isLate: false);
        var late = columns.Where(column => column.IsLate).ToList();
        Insert = new TransferStep(this, name, [.. columns.Where(column => !column.IsLate)], isLate: false);
        Late = late.Count == 0
            ? null
            : new TransferStep(this, $"{name}.{late[0].Name}", [.. columns.Where(column => column.IsKey), .. late], isLate: true);
    }

    public string Name { get; }

    public IReadOnlyList<TransferColumn> Columns { get; }

    /// <summary>Whether the database gives its ids, and must never give one again.</summary>
    public bool HasSequence => Columns[0] is { Name: "id", IsKey: true };

    /// <summary>Every column, as an export reads them.</summary>
    public TransferStep Whole { get; }

    public TransferStep Insert { get; }

    public TransferStep? Late { get; }
}

/// <summary>A table's rows are brought, or those of its columns filled in that had to wait for other tables.</summary>
internal sealed class TransferStep(TransferTable table, string name, IReadOnlyList<TransferColumn> columns, bool isLate)
{
    public TransferTable Table => table;

    public string Name => name;

    public IReadOnlyList<TransferColumn> Columns => columns;

    public IEnumerable<TransferColumn> Key => columns.Where(column => column.IsKey);

    public bool IsLate => isLate;

    /// <summary>Where a row of the step has a column's value.</summary>
    public int IndexOf(TransferColumn column) => columns.Index().First(one => one.Item == column).Index;
}
