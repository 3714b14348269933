using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Who is in a supergroup or channel.</summary>
internal sealed class ParticipantsModule(WorldEngine world) : IRpcModule
{
    private const int MaxLimit = 200;

    public void Map(RpcRouter router)
    {
        router.Map<ChannelsGetParticipants, IChannelsChannelParticipants>(GetParticipants);
        router.Map<ChannelsGetParticipant, ChannelsChannelParticipant>(GetParticipant);
    }

    private IChannelsChannelParticipants GetParticipants(ChannelsGetParticipants request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        if (request.Offset < 0)
        {
            throw RpcErrorException.BadRequest("OFFSET_INVALID");
        }

        return world.Read(state =>
        {
            var channel = InputPeers.Channel(state, viewer, request.Channel);
            if (channel.IsBroadcast && channel.Creator != viewer)
            {
                throw RpcErrorException.BadRequest("CHAT_ADMIN_REQUIRED");
            }

            var composer = new TlComposer(state, viewer);
            composer.Name(channel.Peer);
            var members = channel.Accounts.Concat(channel.Guests).Where(member => Matches(state, channel, member, request.Filter)).ToList();
            return new ChannelsChannelParticipants
            {
                Count = members.Count,
                Participants =
                [
                    .. members.Skip(request.Offset)
                        .Take(Math.Clamp(request.Limit, 0, MaxLimit))
                        .Select(member => Participant(state, composer, viewer, channel, member)),
                ],
                Chats = composer.Chats,
                Users = composer.Users,
            };
        });
    }

    private ChannelsChannelParticipant GetParticipant(ChannelsGetParticipant request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var channel = InputPeers.Channel(state, viewer, request.Channel);
            var member = InputPeers.Resolve(state, viewer, request.Participant);
            if (member.Kind != PeerKind.User || !channel.Accounts.Concat(channel.Guests).Contains(member.Id))
            {
                throw RpcErrorException.BadRequest("USER_NOT_PARTICIPANT");
            }

            var composer = new TlComposer(state, viewer);
            return new ChannelsChannelParticipant
            {
                Participant = Participant(state, composer, viewer, channel, member.Id),
                Chats = [],
                Users = composer.Users,
            };
        });
    }

    private static bool Matches(WorldState state, Community channel, long member, IChannelParticipantsFilter filter) => filter switch
    {
        ChannelParticipantsRecent => true,
        ChannelParticipantsSearch search =>
            state.People.Find(member) is { } person
            && $"{person.FirstName} {person.LastName} {person.Username}".Contains(search.Q, StringComparison.OrdinalIgnoreCase),
        ChannelParticipantsAdmins => member == channel.Creator,
        ChannelParticipantsBots => state.People.Find(member)?.IsBot == true,
        ChannelParticipantsContacts => false,
        _ => false,
    };

    private static IChannelParticipant Participant(WorldState state, TlComposer composer, long viewer, Community channel, long member)
    {
        composer.Name(PeerId.User(member));
        var date = TlCommunities.Date(state);
        if (member == channel.Creator)
        {
            return new ChannelParticipantCreator { UserId = member, AdminRights = TlCommunities.AllRights };
        }

        return member == viewer
            ? new ChannelParticipantSelf { UserId = member, InviterId = channel.Creator, Date = date }
            : new ChannelParticipant { UserId = member, Date = date };
    }
}
