namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>channel_states</c>.</summary>
internal sealed class ChannelStateRow
{
    public long DialogId { get; init; }

    public int Pts { get; init; }
}
