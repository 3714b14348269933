using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>
/// Makes TL objects as one account sees them, and gathers the users and chats they name, which every answer carries with it.
/// Lives as long as the world's lock is held.
/// </summary>
internal sealed class TlComposer(WorldState state, long viewer)
{
    private readonly HashSet<PeerId> _named = [];
    private readonly List<IUser> _users = [];
    private readonly List<IChat> _chats = [];

    public IUser[] Users => [.. _users];

    public IChat[] Chats => [.. _chats];

    /// <summary>Adds a peer to those the answer names, once.</summary>
    public void Name(PeerId peer)
    {
        if (!_named.Add(peer))
        {
            return;
        }

        if (peer.Kind == PeerKind.User && state.People.Find(peer.Id) is { } person)
        {
            _users.Add(TlPeople.User(state, viewer, person));
        }
        else if (peer.Kind != PeerKind.User && state.Communities.Find(peer) is { } community)
        {
            _chats.Add(TlCommunities.Chat(state, viewer, community));
        }
    }

    public IPeer Peer(PeerId peer)
    {
        Name(peer);
        return peer.Kind switch
        {
            PeerKind.User => new PeerUser { UserId = peer.Id },
            PeerKind.Chat => new PeerChat { ChatId = peer.Id },
            _ => new PeerChannel { ChannelId = peer.Id },
        };
    }

    public IMessage[] Messages(IEnumerable<MessageView> views) => [.. views.Select(Message)];

    public IMessage Message(MessageView view) =>
        view.Content == MessageContent.Created ? ServiceMessage(view) : OrdinaryMessage(view);

    public Dialog Dialog(DialogView view) => new()
    {
        Pinned = view.Pinned,
        Peer = Peer(view.Peer),
        TopMessage = view.TopMessage,
        ReadInboxMaxId = view.ReadInboxMaxId,
        ReadOutboxMaxId = view.ReadOutboxMaxId,
        UnreadCount = view.Unread,
        UnreadMentionsCount = 0,
        UnreadReactionsCount = 0,
        NotifySettings = new PeerNotifySettings(),
        Pts = view.Peer.Kind == PeerKind.Channel ? view.Pts : null,
    };

    /// <summary>The dialogs and, in the same order, their top messages.</summary>
    public (IDialog[] Dialogs, IMessage[] Messages) Dialogs(List<DialogView> views)
    {
        IDialog[] dialogs = [.. views.Select(Dialog)];
        IMessage[] messages = Messages(views.Select(view => state.Views.In(view.Peer, view.TopMessage, viewer)).OfType<MessageView>());
        return (dialogs, messages);
    }

    /// <summary>How often a channel's post was seen.</summary>
    public static int ViewsOf(PeerId channel, int id) => 1 + Mix.Pick(500, id, channel.Marked);

    private Message OrdinaryMessage(MessageView view)
    {
        var isPost = view.From.Kind == PeerKind.Channel;
        return new Message
        {
            Out = view.Out,
            Post = isPost,
            Id = view.Id,
            FromId = From(view),
            PeerId = Peer(view.Peer),
            ReplyTo = view.ReplyTo == 0 ? null : new MessageReplyHeader { ReplyToMsgId = view.ReplyTo },
            Date = view.Date,
            MessageValue = view.Text,
            Media = Media(view),
            Entities = view.Entities is null ? null : TlEntities.Read(view.Entities),
            Views = isPost ? ViewsOf(view.Peer, view.Id) : null,
            Forwards = isPost ? 0 : null,
            EditDate = view.EditDate == 0 ? null : view.EditDate,
        };
    }

    private MessageService ServiceMessage(MessageView view)
    {
        var community = state.Communities.Find(view.Peer)!;
        return new MessageService
        {
            Out = view.Out,
            Post = community.IsBroadcast,
            Id = view.Id,
            FromId = From(view),
            PeerId = Peer(view.Peer),
            Date = view.Date,
            Action = view.Peer.Kind == PeerKind.Chat
                ? new MessageActionChatCreate { Title = community.Title, Users = [.. community.Accounts, .. community.Guests] }
                : new MessageActionChannelCreate { Title = community.Title },
        };
    }

    // What comes from the other side of a private dialog, or from a channel itself, names no sender.
    private IPeer? From(MessageView view) => view.From == view.Peer && view.From.Id != viewer ? null : Peer(view.From);

    private IMessageMedia? Media(MessageView view) => view.Content switch
    {
        MessageContent.Photo => new MessageMediaPhoto { Photo = Pictures.Photo(state, viewer, view) },
        MessageContent.Location => new MessageMediaGeo
        {
            Geo = new GeoPoint
            {
                Lat = Mix.Pick(120_000, view.Id, view.Date) / 1000.0,
                Long = Mix.Pick(180_000, view.Date, view.Id) / 1000.0,
                AccessHash = (long)Mix.Of(view.Id, view.Date),
            },
        },
        _ => null,
    };
}
