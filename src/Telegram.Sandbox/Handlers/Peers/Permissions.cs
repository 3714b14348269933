using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Handlers;

/// <summary>Who may do what in groups and channels.</summary>
internal static class Permissions
{
    /// <summary>Refuses those who may not write there.</summary>
    /// <exception cref="RpcErrorException">403 CHAT_WRITE_FORBIDDEN or 400 CHAT_ADMIN_REQUIRED.</exception>
    public static void RequireWrite(WorldState state, long userId, PeerId peer)
    {
        if (peer.Kind == PeerKind.User)
        {
            return;
        }

        var community = state.Communities.Find(peer)!;
        if (!TlCommunities.IsMember(community, userId))
        {
            throw new RpcErrorException(403, "CHAT_WRITE_FORBIDDEN");
        }

        if (community.IsBroadcast && community.Creator != userId)
        {
            throw RpcErrorException.BadRequest("CHAT_ADMIN_REQUIRED");
        }
    }

    /// <summary>Whether a user may delete a message for everybody: in private always, elsewhere its own and, as creator, all.</summary>
    public static bool MayDeleteForAll(WorldState state, long userId, MessageView message) =>
        message.Peer.Kind == PeerKind.User
        || message.Out
        || state.Communities.Find(message.Peer)!.Creator == userId;
}
