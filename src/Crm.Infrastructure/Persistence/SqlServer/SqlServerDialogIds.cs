namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>One dialog, or all that are no channel: both are a range of ids.</summary>
internal static class SqlServerDialogIds
{
    /// <summary>Channels' ids are at and below −10¹².</summary>
    private const long LowestOutsideChannels = -999_999_999_999;

    public static OfConnection Of(long connectionId, long? dialogId) =>
        new(connectionId, dialogId ?? LowestOutsideChannels, dialogId ?? long.MaxValue);

    internal sealed record OfConnection(long ConnectionId, long LowestDialogId, long HighestDialogId);
}
