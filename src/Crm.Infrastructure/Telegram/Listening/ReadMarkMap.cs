using Crm.Application.Ports.Storage;
using Telegram.Client;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>Read marks of whole dialogs; those of a forum's single topics are left out, for the CRM knows dialogs only.</summary>
internal static class ReadMarkMap
{
    public static ReadMark[] Map(IUpdate update) => update switch
    {
        UpdateReadHistoryInbox { TopMsgId: null } read =>
            [new ReadMark(PeerKey.From(read.Peer).ToMarkedId(), ReadBox.Inbox, read.MaxId, read.StillUnreadCount)],
        UpdateReadHistoryOutbox read => [new ReadMark(PeerKey.From(read.Peer).ToMarkedId(), ReadBox.Outbox, read.MaxId)],
        UpdateReadChannelInbox read =>
            [new ReadMark(UpdateBatchMap.MarkedId(read.ChannelId), ReadBox.Inbox, read.MaxId, read.StillUnreadCount)],
        UpdateReadChannelOutbox read => [new ReadMark(UpdateBatchMap.MarkedId(read.ChannelId), ReadBox.Outbox, read.MaxId)],
        _ => [],
    };
}
