using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Answers of ordinary calls that move the sequences: left out, the next push would look like a gap.
/// See <see href="https://core.telegram.org/api/updates"/>.
/// </summary>
internal static class AnswerNews
{
    /// <summary>What an answer means for the update engine; <see langword="null"/>: nothing.</summary>
    public static UpdateNews? Of(ITlFunction function, object? result, long selfId) => result switch
    {
        UpdateShortSentMessage sent => new UpdateNews.Pushed(SentMessages.Expand(function, sent, selfId)),
        IUpdates updates => new UpdateNews.Pushed(updates),
        MessagesAffectedMessages affected => new UpdateNews.Affected(ChannelOf(function), affected.Pts, affected.PtsCount),
        MessagesAffectedHistory affected => new UpdateNews.Affected(ChannelOf(function), affected.Pts, affected.PtsCount),
        MessagesAffectedFoundMessages affected => new UpdateNews.Affected(null, affected.Pts, affected.PtsCount),
        MessagesDialogs dialogs => Positions(dialogs.Dialogs, dialogs.Chats),
        MessagesDialogsSlice dialogs => Positions(dialogs.Dialogs, dialogs.Chats),
        MessagesPeerDialogs dialogs => Positions(dialogs.Dialogs, dialogs.Chats),
        MessagesChatFull { FullChat: ChannelFull channel } full => new UpdateNews.Positions(
            [new ChannelPosition(channel.Id, ChannelSequences.AccessHashOf(channel.Id, full.Chats), channel.Pts)]),
        _ => null,
    };

    private static UpdateNews.Positions? Positions(IDialog[] dialogs, IChat[] chats)
    {
        List<ChannelPosition>? positions = null;
        foreach (var dialog in dialogs.OfType<Dialog>())
        {
            if (dialog is { Peer: PeerChannel { ChannelId: var id }, Pts: { } pts } && IsMember(id, chats))
            {
                (positions ??= []).Add(new ChannelPosition(id, ChannelSequences.AccessHashOf(id, chats), pts));
            }
        }

        return positions is null ? null : new UpdateNews.Positions(positions);
    }

    private static bool IsMember(long channelId, IChat[] chats) =>
        chats.OfType<Channel>().Any(channel => channel.Id == channelId && !channel.Left);

    private static long? ChannelOf(ITlFunction function) => function switch
    {
        ChannelsDeleteMessages f => IdOf(f.Channel),
        ChannelsDeleteParticipantHistory f => IdOf(f.Channel),
        MessagesReadHistory f => IdOf(f.Peer),
        MessagesDeleteHistory f => IdOf(f.Peer),
        MessagesReadMentions f => IdOf(f.Peer),
        MessagesReadReactions f => IdOf(f.Peer),
        MessagesUnpinAllMessages f => IdOf(f.Peer),
        MessagesDeleteTopicHistory f => IdOf(f.Peer),
        MessagesDeleteSavedHistory f => f.ParentPeer is { } parent ? IdOf(parent) : null,
        _ => null,
    };

    private static long? IdOf(IInputChannel channel) => channel switch
    {
        InputChannel c => c.ChannelId,
        InputChannelFromMessage c => c.ChannelId,
        _ => null,
    };

    private static long? IdOf(IInputPeer peer) => peer switch
    {
        InputPeerChannel c => c.ChannelId,
        InputPeerChannelFromMessage c => c.ChannelId,
        _ => null,
    };
}
