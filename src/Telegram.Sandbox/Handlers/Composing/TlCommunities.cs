using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Groups, supergroups and channels as TL <c>chat</c> and <c>channel</c>.</summary>
internal static class TlCommunities
{
    public static ChatAdminRights AllRights => new()
    {
        ChangeInfo = true,
        PostMessages = true,
        EditMessages = true,
        DeleteMessages = true,
        BanUsers = true,
        InviteUsers = true,
        PinMessages = true,
        AddAdmins = true,
        Other = true,
    };

    public static IChat Chat(WorldState state, long viewer, Community community) =>
        community.Peer.Kind == PeerKind.Chat ? Group(state, viewer, community) : Channel(state, viewer, community);

    public static bool IsMember(Community community, long userId) => Array.IndexOf(community.Accounts, userId) >= 0;

    /// <summary>When it was made: with the first message of computed history.</summary>
    public static int Date(WorldState state) => (int)state.Shape.HistoryStart;

    private static Chat Group(WorldState state, long viewer, Community community) => new()
    {
        Creator = community.Creator == viewer,
        Left = !IsMember(community, viewer),
        Id = community.Peer.Id,
        Title = community.Title,
        Photo = new ChatPhotoEmpty(),
        ParticipantsCount = community.Members,
        Date = Date(state),
        Version = 1,
        DefaultBannedRights = new ChatBannedRights { UntilDate = int.MaxValue },
    };

    private static Channel Channel(WorldState state, long viewer, Community community) => new()
    {
        Creator = community.Creator == viewer,
        Left = !IsMember(community, viewer),
        Broadcast = community.IsBroadcast,
        Megagroup = !community.IsBroadcast,
        Id = community.Peer.Id,
        AccessHash = state.Access.Of(viewer, community.Peer),
        Title = community.Title,
        Username = community.Username,
        Photo = new ChatPhotoEmpty(),
        Date = Date(state),
        AdminRights = community.Creator == viewer ? AllRights : null,
        DefaultBannedRights = community.IsBroadcast ? null : new ChatBannedRights { UntilDate = int.MaxValue },
        ParticipantsCount = community.Members,
    };
}
