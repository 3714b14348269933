using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Basic groups.</summary>
internal sealed class GroupsModule(WorldEngine world) : IRpcModule
{
    private const int MaxIds = 200;

    public void Map(RpcRouter router)
    {
        router.Map<MessagesGetChats, IMessagesChats>(GetChats);
        router.Map<MessagesGetFullChat, MessagesChatFull>(GetFullChat);
        router.Map<MessagesGetCommonChats, IMessagesChats>(GetCommonChats);
    }

    private IMessagesChats GetChats(MessagesGetChats request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return request.Id.Length > MaxIds
            ? throw RpcErrorException.BadRequest("LIMIT_INVALID")
            : world.Read(state => new MessagesChats
            {
                Chats = [.. request.Id.Select(id => TlCommunities.Chat(state, viewer, InputPeers.Group(state, viewer, id)))],
            });
    }

    private MessagesChatFull GetFullChat(MessagesGetFullChat request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var group = InputPeers.Group(state, viewer, request.ChatId);
            var composer = new TlComposer(state, viewer);
            composer.Name(group.Peer);
            return new MessagesChatFull
            {
                FullChat = new ChatFull
                {
                    Id = group.Peer.Id,
                    About = "",
                    Participants = new ChatParticipants
                    {
                        ChatId = group.Peer.Id,
                        Participants = [.. group.Accounts.Concat(group.Guests).Select(member => Participant(state, composer, group, member))],
                        Version = 1,
                    },
                    NotifySettings = new PeerNotifySettings(),
                },
                Chats = composer.Chats,
                Users = composer.Users,
            };
        });
    }

    private static IChatParticipant Participant(WorldState state, TlComposer composer, Community group, long member)
    {
        composer.Name(PeerId.User(member));
        return member == group.Creator
            ? new ChatParticipantCreator { UserId = member }
            : new ChatParticipant { UserId = member, InviterId = group.Creator, Date = TlCommunities.Date(state) };
    }

    private IMessagesChats GetCommonChats(MessagesGetCommonChats request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var person = InputPeers.User(state, viewer, request.UserId);
            var limit = request.Limit <= 0 ? MaxIds : request.Limit;
            return new MessagesChats
            {
                Chats =
                [
                    .. CommonChats.Of(state, viewer, person.Id)
                        .Where(community => request.MaxId <= 0 || community.Peer.Id < request.MaxId)
                        .Take(limit)
                        .Select(community => TlCommunities.Chat(state, viewer, community)),
                ],
            };
        });
    }
}
