using System.Runtime.InteropServices;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Which sequence an update belongs to.</summary>
internal enum UpdateBox
{
    /// <summary>None of its own: it goes by the container's seq.</summary>
    None,

    /// <summary>Private chats and basic groups (pts).</summary>
    Common,

    /// <summary>Secret chats and bots' events (qts).</summary>
    Secondary,

    /// <summary>A channel's (pts).</summary>
    Channel,

    /// <summary>A word from the server that a channel's difference is to be fetched.</summary>
    ChannelTooLong,
}

/// <summary>An update's place in its sequence.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UpdateOrder(UpdateBox Box, int End = 0, int Count = 0, long ChannelId = 0)
{
    /// <summary>Telegram writes 0 where the order does not matter.</summary>
    public bool IsOrdered => Box is UpdateBox.Common or UpdateBox.Secondary or UpdateBox.Channel && End > 0;

    /// <summary>Counters only grow, and an update cannot stand for more events than there were.</summary>
    public bool IsSane => End >= 0 && Count >= 0 && Count <= End;

    public static UpdateOrder Of(IUpdate update) => update switch
    {
        UpdateNewMessage u => Common(u.Pts, u.PtsCount),
        UpdateEditMessage u => Common(u.Pts, u.PtsCount),
        UpdateDeleteMessages u => Common(u.Pts, u.PtsCount),
        UpdateReadHistoryInbox u => Common(u.Pts, u.PtsCount),
        UpdateReadHistoryOutbox u => Common(u.Pts, u.PtsCount),
        UpdateReadMessagesContents u => Common(u.Pts, u.PtsCount),
        UpdatePinnedMessages u => Common(u.Pts, u.PtsCount),
        UpdateWebPage u => Common(u.Pts, u.PtsCount),
        UpdateFolderPeers u => Common(u.Pts, u.PtsCount),
        UpdateNewChannelMessage u => Channel(ChannelOf(u.Message), u.Pts, u.PtsCount),
        UpdateEditChannelMessage u => Channel(ChannelOf(u.Message), u.Pts, u.PtsCount),
        UpdateDeleteChannelMessages u => Channel(u.ChannelId, u.Pts, u.PtsCount),
        UpdatePinnedChannelMessages u => Channel(u.ChannelId, u.Pts, u.PtsCount),
        UpdateChannelWebPage u => Channel(u.ChannelId, u.Pts, u.PtsCount),
        UpdateChannelTooLong u => new UpdateOrder(UpdateBox.ChannelTooLong, u.Pts ?? 0, 0, u.ChannelId),
        _ => OfSecondary(update),
    };

    private static UpdateOrder OfSecondary(IUpdate update) => update switch
    {
        UpdateNewEncryptedMessage u => Secondary(u.Qts),
        UpdateMessagePollVote u => Secondary(u.Qts),
        UpdateChatParticipant u => Secondary(u.Qts),
        UpdateChannelParticipant u => Secondary(u.Qts),
        UpdateBotStopped u => Secondary(u.Qts),
        UpdateBotChatInviteRequester u => Secondary(u.Qts),
        UpdateBotChatBoost u => Secondary(u.Qts),
        UpdateBotMessageReaction u => Secondary(u.Qts),
        UpdateBotMessageReactions u => Secondary(u.Qts),
        UpdateBotBusinessConnect u => Secondary(u.Qts),
        UpdateBotNewBusinessMessage u => Secondary(u.Qts),
        UpdateBotEditBusinessMessage u => Secondary(u.Qts),
        UpdateBotDeleteBusinessMessage u => Secondary(u.Qts),
        UpdateBotPurchasedPaidMedia u => Secondary(u.Qts),
        _ => default,
    };

    private static UpdateOrder Common(int pts, int count) => new(UpdateBox.Common, pts, count);

    private static UpdateOrder Secondary(int qts) => new(UpdateBox.Secondary, qts, qts > 0 ? 1 : 0);

    private static UpdateOrder Channel(long? channelId, int pts, int count) =>
        channelId is { } id ? new(UpdateBox.Channel, pts, count, id) : default;

    private static long? ChannelOf(IMessage message) => message switch
    {
        Message { PeerId: PeerChannel peer } => peer.ChannelId,
        MessageService { PeerId: PeerChannel peer } => peer.ChannelId,
        MessageEmpty { PeerId: PeerChannel peer } => peer.ChannelId,
        _ => null,
    };
}
