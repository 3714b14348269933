using Telegram.Sandbox.Updates;
using Telegram.Sandbox.World;
using Telegram.Tl.Types;
using TlUpdates = Telegram.Tl.Types.Updates;

namespace Telegram.Sandbox.Handlers;

/// <summary>Pushes what happens to those it concerns, as long as they are there to hear it.</summary>
internal sealed class UpdateFeed(WorldEngine world, IUpdatePublisher publisher) : IWorldListener
{
    public void Happened(WorldState state, BoxNews news, long? sessionId)
    {
        var audience = news.Box is ChannelBox ? state.Communities.Find(news.Box.Owner)!.Accounts : [news.Box.Owner.Id];
        foreach (var userId in audience)
        {
            if (publisher.HasSessions(userId))
            {
                Push(state, userId, composer => TlEvents.Update(state, composer, userId, news.Box, news.Event), news.Event.Date, sessionId);
            }
        }
    }

    public void Applied(WorldState state, JournalRecord record, long? sessionId)
    {
        switch (record)
        {
            case DialogPinned pin when publisher.HasSessions(pin.User):
                Push(
                    state,
                    pin.User,
                    composer => new UpdateDialogPinned
                    {
                        Pinned = pin.Pinned,
                        Peer = new DialogPeer { Peer = composer.Peer(PeerId.FromMarked(pin.Peer)) },
                    },
                    world.Now(state),
                    sessionId);
                break;
            case HistoryRead read when PeerId.FromMarked(read.Peer) is { Kind: PeerKind.Channel } channel && publisher.HasSessions(read.User):
                Push(state, read.User, composer => ChannelRead(state, composer, channel, read), read.Date, sessionId);
                break;
            default:
                break;
        }
    }

    private static UpdateReadChannelInbox ChannelRead(WorldState state, TlComposer composer, PeerId channel, HistoryRead read)
    {
        composer.Name(channel);
        var box = state.Boxes.OfChannel(channel);
        return new UpdateReadChannelInbox
        {
            ChannelId = channel.Id,
            MaxId = read.MaxId,
            StillUnreadCount = box.Unread(read.User),
            Pts = box.Log.Pts,
        };
    }

    private void Push(WorldState state, long userId, Func<TlComposer, IUpdate?> make, int date, long? sessionId)
    {
        var composer = new TlComposer(state, userId);
        if (make(composer) is { } update)
        {
            var updates = new TlUpdates { UpdatesValue = [update], Users = composer.Users, Chats = composer.Chats, Date = date, Seq = 0 };
            publisher.Publish(userId, updates, sessionId);
        }
    }
}
