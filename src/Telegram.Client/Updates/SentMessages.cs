using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// <c>updateShortSentMessage</c> answers a send with what the caller could not know; the rest is in the call.
/// Together they are the message that the account's other devices get as an update.
/// </summary>
internal static class SentMessages
{
    public static IUpdates Expand(ITlFunction function, UpdateShortSentMessage sent, long selfId)
    {
        if (function is not MessagesSendMessage call || PeerOf(call.Peer, selfId) is not { } peer)
        {
            return new UpdatesTooLong();
        }

        var message = new Message
        {
            Out = true,
            Silent = call.Silent,
            Noforwards = call.Noforwards,
            InvertMedia = call.InvertMedia,
            Id = sent.Id,
            FromId = new PeerUser { UserId = selfId },
            PeerId = peer,
            ReplyTo = ReplyOf(call.ReplyTo),
            Date = sent.Date,
            MessageValue = call.Message,
            Media = sent.Media,
            Entities = sent.Entities,
            TtlPeriod = sent.TtlPeriod,
        };
        return new Tl.Types.Updates
        {
            UpdatesValue =
            [
                new UpdateMessageID { Id = sent.Id, RandomId = call.RandomId },
                new UpdateNewMessage { Message = message, Pts = sent.Pts, PtsCount = sent.PtsCount },
            ],
            Users = [],
            Chats = [],
            Date = sent.Date,
            Seq = 0,
        };
    }

    /// <summary>Channels answer in full; this form is for private chats and basic groups.</summary>
    private static IPeer? PeerOf(IInputPeer peer, long selfId) => peer switch
    {
        InputPeerSelf => new PeerUser { UserId = selfId },
        InputPeerUser user => new PeerUser { UserId = user.UserId },
        InputPeerUserFromMessage user => new PeerUser { UserId = user.UserId },
        InputPeerChat chat => new PeerChat { ChatId = chat.ChatId },
        _ => null,
    };

    private static MessageReplyHeader? ReplyOf(IInputReplyTo? reply) => reply is InputReplyToMessage to
        ? new MessageReplyHeader
        {
            ReplyToMsgId = to.ReplyToMsgId,
            ReplyToTopId = to.TopMsgId,
            Quote = to.QuoteText is not null,
            QuoteText = to.QuoteText,
            QuoteEntities = to.QuoteEntities,
            QuoteOffset = to.QuoteOffset,
        }
        : null;
}
