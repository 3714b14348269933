using System.Diagnostics.CodeAnalysis;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Makes full updates of the shortened ones, which say who only by id.
/// See <see href="https://core.telegram.org/api/updates#updates-sequence"/>.
/// </summary>
internal static class ShortUpdates
{
    /// <summary>False when someone in it is unknown to the consumer: then the update is to be fetched in full.</summary>
    public static bool TryExpand(IUpdates updates, long selfId, KnownUsers known, [NotNullWhen(true)] out IUpdate? update)
    {
        update = updates switch
        {
            UpdateShortMessage u when known.Contains(u.UserId) && AreKnown(u.FwdFrom, u.ViaBotId, u.Entities, known) => Expand(u, selfId),
            UpdateShortChatMessage u when (u.FromId == selfId || known.Contains(u.FromId))
                && AreKnown(u.FwdFrom, u.ViaBotId, u.Entities, known) => Expand(u),
            _ => null,
        };
        return update is not null;
    }

    private static bool AreKnown(MessageFwdHeader? forward, long? viaBot, IMessageEntity[]? entities, KnownUsers known) =>
        forward?.FromId is null or PeerUser
        && (forward?.FromId is not PeerUser author || known.Contains(author.UserId))
        && (viaBot is not { } bot || known.Contains(bot))
        && (entities is null || entities.OfType<MessageEntityMentionName>().All(mention => known.Contains(mention.UserId)));

    private static UpdateNewMessage Expand(UpdateShortMessage u, long selfId) => new()
    {
        Message = new Message
        {
            Out = u.Out,
            Mentioned = u.Mentioned,
            MediaUnread = u.MediaUnread,
            Silent = u.Silent,
            Id = u.Id,
            FromId = new PeerUser { UserId = u.Out ? selfId : u.UserId },
            PeerId = new PeerUser { UserId = u.UserId },
            FwdFrom = u.FwdFrom,
            ViaBotId = u.ViaBotId,
            ReplyTo = u.ReplyTo,
            Date = u.Date,
            MessageValue = u.Message,
            Entities = u.Entities,
            TtlPeriod = u.TtlPeriod,
        },
        Pts = u.Pts,
        PtsCount = u.PtsCount,
    };

    private static UpdateNewMessage Expand(UpdateShortChatMessage u) => new()
    {
        Message = new Message
        {
            Out = u.Out,
            Mentioned = u.Mentioned,
            MediaUnread = u.MediaUnread,
            Silent = u.Silent,
            Id = u.Id,
            FromId = new PeerUser { UserId = u.FromId },
            PeerId = new PeerChat { ChatId = u.ChatId },
            FwdFrom = u.FwdFrom,
            ViaBotId = u.ViaBotId,
            ReplyTo = u.ReplyTo,
            Date = u.Date,
            MessageValue = u.Message,
            Entities = u.Entities,
            TtlPeriod = u.TtlPeriod,
        },
        Pts = u.Pts,
        PtsCount = u.PtsCount,
    };
}
