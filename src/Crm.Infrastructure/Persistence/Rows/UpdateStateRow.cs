namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>update_states</c>.</summary>
internal sealed class UpdateStateRow
{
    public int Pts { get; init; }

    public int Qts { get; init; }

    public int Date { get; init; }

    public int Seq { get; init; }
}
