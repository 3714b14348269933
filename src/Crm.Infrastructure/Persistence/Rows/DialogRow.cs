using Crm.Application.Ports.Storage;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A row of <c>dialogs</c> with what was said last.</summary>
internal sealed class DialogRow : PeerRow
{
    public long UnreadCount { get; init; }

    /// <summary>When Telegram's last message was written, where that one isn't stored.</summary>
    public long? MissingDate { get; init; }

    /// <summary>The newest stored message that isn't deleted.</summary>
    public string? LastText { get; init; }

    public long? LastDate { get; init; }

    public StoredDialog ToDialog()
    {
        var isMissing = MissingDate >= (LastDate ?? 0);
        return new StoredDialog(ToPeer(), (int)UnreadCount, isMissing ? null : LastText, isMissing ? MissingDate : LastDate);
    }
}
