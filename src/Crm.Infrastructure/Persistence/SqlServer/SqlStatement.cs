namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>
/// T-SQL as a value. All of it stands in static fields of this type and nothing else is ever run, so that tests find every statement
/// there is, and none is put together from input.
/// </summary>
internal abstract class SqlStatement(string text, Type parameters, Type? row)
{
    public string Text { get; } = text;

    /// <summary>The record whose properties are the statement's parameters, by name.</summary>
    public Type Parameters { get; } = parameters;

    /// <summary>What its rows are read as; null where it answers none.</summary>
    public Type? Row { get; } = row;
}

/// <summary>A statement that answers rows, of a class by the names of its properties or of a single value.</summary>
internal sealed class SqlQuery<TParameters, TRow>(string text) : SqlStatement(text, typeof(TParameters), typeof(TRow))
    where TParameters : class;

/// <summary>A statement that answers how many rows it changed.</summary>
internal sealed class SqlChange<TParameters>(string text) : SqlStatement(text, typeof(TParameters), null)
    where TParameters : class;

/// <summary>Where a statement has no parameters.</summary>
internal sealed record NoParameters
{
    public static NoParameters Instance { get; } = new();
}

// Parameters that many statements have in common.
internal sealed record ById(long Id);

internal sealed record ByAccount(long AccountId);

internal sealed record ByConnection(long ConnectionId);

internal sealed record ByDialog(long ConnectionId, long DialogId);
