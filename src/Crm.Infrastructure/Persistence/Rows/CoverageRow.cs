namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>coverage</c>, or the bounds of several; null of none.</summary>
internal sealed class CoverageRow
{
    public int? FromId { get; init; }

    public int? ToId { get; init; }
}
