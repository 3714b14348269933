namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>How far a dialog is covered at its newest end.</summary>
internal sealed class CoverageTopRow
{
    public required long DialogId { get; init; }

    public required int ToId { get; init; }

    public required bool IsComplete { get; init; }
}
