using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Supergroups and channels.</summary>
internal sealed class ChannelsModule(WorldEngine world, Messenger messenger) : IRpcModule
{
    private const int MaxIds = 1000;

    public void Map(RpcRouter router)
    {
        router.Map<ChannelsGetChannels, IMessagesChats>(GetChannels);
        router.Map<ChannelsGetFullChannel, MessagesChatFull>(GetFullChannel);
        router.Map<ChannelsReadHistory, bool>(ReadHistory);
        router.Map<ChannelsDeleteMessages, MessagesAffectedMessages>(DeleteMessages);
        router.Map<ChannelsReadMessageContents, bool>((_, _) => true);
        router.Map<ChannelsGetLeftChannels, IMessagesChats>((_, _) => new MessagesChats { Chats = [] });
        router.Map<ChannelsGetAdminedPublicChannels, IMessagesChats>((_, _) => new MessagesChats { Chats = [] });
        router.Map<MessagesGetMessagesViews, MessagesMessageViews>(GetMessagesViews);
    }

    private IMessagesChats GetChannels(ChannelsGetChannels request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return request.Id.Length > MaxIds
            ? throw RpcErrorException.BadRequest("LIMIT_INVALID")
            : world.Read(state => new MessagesChats
            {
                Chats = [.. request.Id.Select(input => TlCommunities.Chat(state, viewer, InputPeers.Channel(state, viewer, input)))],
            });
    }

    private MessagesChatFull GetFullChannel(ChannelsGetFullChannel request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var channel = InputPeers.Channel(state, viewer, request.Channel);
            var box = state.Boxes.OfChannel(channel.Peer);
            return new MessagesChatFull
            {
                FullChat = new ChannelFull
                {
                    CanViewParticipants = !channel.IsBroadcast,
                    Id = channel.Peer.Id,
                    About = "",
                    ParticipantsCount = channel.Members,
                    ReadInboxMaxId = box.ReadUpTo(viewer),
                    ReadOutboxMaxId = box.LastId,
                    UnreadCount = box.Unread(viewer),
                    ChatPhoto = new PhotoEmpty { Id = 0 },
                    NotifySettings = new PeerNotifySettings(),
                    BotInfo = [],
                    Pts = box.Log.Pts,
                },
                Chats = [TlCommunities.Chat(state, viewer, channel)],
                Users = [],
            };
        });
    }

    private bool ReadHistory(ChannelsReadHistory request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var channel = world.Read(state => InputPeers.Channel(state, viewer, request.Channel).Peer);
        messenger.Read(viewer, channel, request.MaxId, context.SessionId);
        return true;
    }

    private MessagesAffectedMessages DeleteMessages(ChannelsDeleteMessages request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        if (request.Id.Length > MaxIds)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        var channel = world.Read(state =>
        {
            var peer = InputPeers.Channel(state, viewer, request.Channel).Peer;
            return Array.TrueForAll(
                request.Id,
                id => state.Views.InChannel(peer, id, viewer) is not { } message || Permissions.MayDeleteForAll(state, viewer, message))
                ? peer
                : throw new RpcErrorException(403, "MESSAGE_DELETE_FORBIDDEN");
        });
        var result = messenger.Delete(channel, request.Id, everywhere: true, context.SessionId);
        return new MessagesAffectedMessages { Pts = result.Pts, PtsCount = result.PtsCount };
    }

    private MessagesMessageViews GetMessagesViews(MessagesGetMessagesViews request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return request.Id.Length > MaxIds
            ? throw RpcErrorException.BadRequest("LIMIT_INVALID")
            : world.Read(state =>
            {
                var peer = InputPeers.Resolve(state, viewer, request.Peer);
                return new MessagesMessageViews
                {
                    Views =
                    [
                        .. request.Id.Select(id => new MessageViews
                        {
                            Views = state.Views.In(peer, id, viewer) is { From.Kind: PeerKind.Channel } ? TlComposer.ViewsOf(peer, id) : null,
                        }),
                    ],
                    Chats = [],
                    Users = [],
                };
            });
    }
}
