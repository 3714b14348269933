namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A message by its row's id, and what its place among all of its account depends on.</summary>
internal sealed record MessageKey(long Id, long DialogId, long Date, int MessageId)
{
    /// <summary>By dialog, then time, then Telegram's id, then the row's.</summary>
    public (long DialogId, long Date, int MessageId, long Id) Place => (DialogId, Date, MessageId, Id);
}
