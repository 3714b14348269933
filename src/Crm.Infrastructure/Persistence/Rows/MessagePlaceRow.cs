namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>Where a message stands in its dialog: by time, then Telegram's id, then its row's.</summary>
internal sealed class MessagePlaceRow
{
    /// <summary>Behind every message there can be.</summary>
    public static MessagePlaceRow End { get; } = new() { Id = long.MaxValue, Date = long.MaxValue, MessageId = int.MaxValue };

    public required long Id { get; init; }

    public required long Date { get; init; }

    public required int MessageId { get; init; }
}
