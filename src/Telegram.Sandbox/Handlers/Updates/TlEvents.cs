using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>What happened in a box, as TL updates.</summary>
internal static class TlEvents
{
    /// <summary>The update for one event, as <paramref name="viewer"/> sees it; null when its message is gone by now.</summary>
    public static IUpdate? Update(WorldState state, TlComposer composer, long viewer, MessageBox box, BoxEvent happened) => box is ChannelBox
        ? InChannel(state, composer, viewer, box.Owner, happened)
        : InCommonBox(state, composer, viewer, happened);

    /// <summary>The message an event tells of, while it still exists.</summary>
    public static MessageView? Message(WorldState state, long viewer, MessageBox box, int id) =>
        box is ChannelBox ? state.Views.InChannel(box.Owner, id, viewer) : state.Views.InBox(viewer, id);

    private static IUpdate? InCommonBox(WorldState state, TlComposer composer, long viewer, BoxEvent happened) => happened switch
    {
        MessageAdded added => state.Views.InBox(viewer, added.Id) is { } view
            ? new UpdateNewMessage { Message = composer.Message(view), Pts = added.Pts, PtsCount = 1 }
            : null,
        MessageEdited edited => state.Views.InBox(viewer, edited.Id) is { } view
            ? new UpdateEditMessage { Message = composer.Message(view), Pts = edited.Pts, PtsCount = 1 }
            : null,
        MessagesDeleted deleted => new UpdateDeleteMessages { Messages = deleted.Ids, Pts = deleted.Pts, PtsCount = deleted.PtsCount },
        InboxRead read => new UpdateReadHistoryInbox
        {
            Peer = composer.Peer(read.Peer),
            MaxId = read.MaxId,
            StillUnreadCount = read.StillUnread,
            Pts = read.Pts,
            PtsCount = 1,
        },
        OutboxRead read => new UpdateReadHistoryOutbox { Peer = composer.Peer(read.Peer), MaxId = read.MaxId, Pts = read.Pts, PtsCount = 1 },
        _ => null,
    };

    private static IUpdate? InChannel(WorldState state, TlComposer composer, long viewer, PeerId channel, BoxEvent happened)
    {
        composer.Name(channel);
        return happened switch
        {
            MessageAdded added => state.Views.InChannel(channel, added.Id, viewer) is { } view
                ? new UpdateNewChannelMessage { Message = composer.Message(view), Pts = added.Pts, PtsCount = 1 }
                : null,
            MessageEdited edited => state.Views.InChannel(channel, edited.Id, viewer) is { } view
                ? new UpdateEditChannelMessage { Message = composer.Message(view), Pts = edited.Pts, PtsCount = 1 }
                : null,
            MessagesDeleted deleted => new UpdateDeleteChannelMessages
            {
                ChannelId = channel.Id,
                Messages = deleted.Ids,
                Pts = deleted.Pts,
                PtsCount = deleted.PtsCount,
            },
            _ => null,
        };
    }
}
