using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>
/// From what a client names to what it may reach: ids count only with the access hash this very account was given
/// (https://core.telegram.org/api/peers).
/// </summary>
internal static class InputPeers
{
    private const int MaxDepth = 4;

    /// <summary>The peer meant, when this account may reach it.</summary>
    /// <exception cref="RpcErrorException">400 PEER_ID_INVALID, CHANNEL_INVALID, CHANNEL_PRIVATE or MSG_ID_INVALID.</exception>
    public static PeerId Resolve(WorldState state, long viewer, IInputPeer input) => Resolve(state, viewer, input, depth: 0);

    /// <summary>As <see cref="Resolve(WorldState,long,IInputPeer)"/>; null for an empty peer, where that is allowed.</summary>
    public static PeerId? ResolveOptional(WorldState state, long viewer, IInputPeer? input) =>
        input is null or InputPeerEmpty ? null : Resolve(state, viewer, input);

    /// <summary>The person meant.</summary>
    /// <exception cref="RpcErrorException">400 USER_ID_INVALID.</exception>
    public static Person User(WorldState state, long viewer, IInputUser input) =>
        FindUser(state, viewer, input) ?? throw RpcErrorException.BadRequest("USER_ID_INVALID");

    /// <summary>The person meant; null when there is none, or the access hash is another's.</summary>
    public static Person? FindUser(WorldState state, long viewer, IInputUser input) => input switch
    {
        InputUserSelf => state.People.Find(viewer),
        InputUser user => Known(state, viewer, user.UserId, user.AccessHash),
        InputUserFromMessage seen => SeenIn(state, viewer, seen.Peer, seen.MsgId, seen.UserId, depth: 0),
        _ => null,
    };

    /// <summary>The channel or supergroup meant: a public one, or one the account is in.</summary>
    /// <exception cref="RpcErrorException">400 CHANNEL_INVALID or CHANNEL_PRIVATE.</exception>
    public static Community Channel(WorldState state, long viewer, IInputChannel input) => input is InputChannel channel
        ? Channel(state, viewer, channel.ChannelId, channel.AccessHash)
        : throw RpcErrorException.BadRequest("CHANNEL_INVALID");

    /// <summary>A group the account is in.</summary>
    /// <exception cref="RpcErrorException">400 with <paramref name="error"/>.</exception>
    public static Community Group(WorldState state, long viewer, long chatId, string error = "CHAT_ID_INVALID") =>
        state.Communities.Find(PeerId.Chat(chatId)) is { } group && TlCommunities.IsMember(group, viewer)
            ? group
            : throw RpcErrorException.BadRequest(error);

    private static PeerId Resolve(WorldState state, long viewer, IInputPeer input, int depth) => input switch
    {
        InputPeerSelf => PeerId.User(viewer),
        InputPeerUser user when Known(state, viewer, user.UserId, user.AccessHash) is { } person => PeerId.User(person.Id),
        InputPeerChat chat => Group(state, viewer, chat.ChatId, "PEER_ID_INVALID").Peer,
        InputPeerChannel channel => Channel(state, viewer, channel.ChannelId, channel.AccessHash).Peer,
        InputPeerUserFromMessage seen when SeenIn(state, viewer, seen.Peer, seen.MsgId, seen.UserId, depth) is { } person => PeerId.User(person.Id),
        _ => throw RpcErrorException.BadRequest("PEER_ID_INVALID"),
    };

    private static Person? Known(WorldState state, long viewer, long userId, long accessHash) =>
        state.Access.Matches(viewer, PeerId.User(userId), accessHash) ? state.People.Find(userId) : null;

    private static Person? SeenIn(WorldState state, long viewer, IInputPeer where, int messageId, long userId, int depth)
    {
        if (depth >= MaxDepth)
        {
            throw RpcErrorException.BadRequest("PEER_ID_INVALID");
        }

        var peer = Resolve(state, viewer, where, depth + 1);
        return state.Views.In(peer, messageId, viewer) is { } view && view.Peer == peer && view.From == PeerId.User(userId)
            ? state.People.Find(userId)
            : throw RpcErrorException.BadRequest("MSG_ID_INVALID");
    }

    private static Community Channel(WorldState state, long viewer, long channelId, long accessHash)
    {
        var peer = PeerId.Channel(channelId);
        if (!state.Access.Matches(viewer, peer, accessHash) || state.Communities.Find(peer) is not { } community)
        {
            throw RpcErrorException.BadRequest("CHANNEL_INVALID");
        }

        return community.Username is not null || TlCommunities.IsMember(community, viewer)
            ? community
            : throw RpcErrorException.BadRequest("CHANNEL_PRIVATE");
    }
}
