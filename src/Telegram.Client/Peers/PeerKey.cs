using System.Runtime.InteropServices;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>What a peer is.</summary>
public enum PeerKind
{
    /// <summary>A person or a bot.</summary>
    User,

    /// <summary>A basic group.</summary>
    Chat,

    /// <summary>A channel or a supergroup.</summary>
    Channel,
}

/// <summary>
/// A peer's kind and bare id, and its form in the marked ids of the Bot API, where one number names any dialog:
/// a user's id as it is, minus a basic group's id, −1000000000000 minus a channel's id.
/// See <see href="https://core.telegram.org/api/bots/ids"/>.
/// </summary>
/// <param name="Kind">What the peer is.</param>
/// <param name="Id">The bare id, as in <c>peerUser.user_id</c>, <c>peerChat.chat_id</c>, <c>peerChannel.channel_id</c>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PeerKey(PeerKind Kind, long Id)
{
    private const long MaxUserId = (1L << 40) - 1;
    private const long MaxChatId = 999_999_999_999;
    private const long ChannelMark = -1_000_000_000_000;

    // Channels end where the secret chats' range begins; monoforums have a range of their own below it.
    private const long MinMarkedChannelId = -1_997_852_516_352;
    private const long MinMarkedMonoforumId = -4_000_000_000_000;
    private const long MaxMarkedMonoforumId = -2_002_147_483_649;

    /// <summary>Reads a marked id. False for 0, for secret chats and for what is out of every range.</summary>
    public static bool TryParseMarkedId(long markedId, out PeerKey peer)
    {
        PeerKey? parsed = markedId switch
        {
            > 0 and <= MaxUserId => new PeerKey(PeerKind.User, markedId),
            < 0 and >= -MaxChatId => new PeerKey(PeerKind.Chat, -markedId),
            < ChannelMark and >= MinMarkedChannelId => new PeerKey(PeerKind.Channel, ChannelMark - markedId),
            <= MaxMarkedMonoforumId and >= MinMarkedMonoforumId => new PeerKey(PeerKind.Channel, ChannelMark - markedId),
            _ => null,
        };
        peer = parsed ?? default;
        return parsed is not null;
    }

    /// <summary>The key of a TL peer.</summary>
    public static PeerKey From(IPeer peer) => peer switch
    {
        PeerUser user => new PeerKey(PeerKind.User, user.UserId),
        PeerChat chat => new PeerKey(PeerKind.Chat, chat.ChatId),
        PeerChannel channel => new PeerKey(PeerKind.Channel, channel.ChannelId),
        _ => throw new ArgumentException("Not a user, chat or channel.", nameof(peer)),
    };

    /// <summary>The marked id.</summary>
    public long ToMarkedId() => Kind switch
    {
        PeerKind.User => Id,
        PeerKind.Chat => -Id,
        PeerKind.Channel => ChannelMark - Id,
        _ => throw UnknownKind(),
    };

    /// <summary>The TL peer, as messages and updates name it.</summary>
    public IPeer ToPeer() => Kind switch
    {
        PeerKind.User => new PeerUser { UserId = Id },
        PeerKind.Chat => new PeerChat { ChatId = Id },
        PeerKind.Channel => new PeerChannel { ChannelId = Id },
        _ => throw UnknownKind(),
    };

    /// <summary>The peer as requests name it. <paramref name="accessHash"/> is not used for basic groups.</summary>
    public IInputPeer ToInputPeer(long accessHash) => Kind switch
    {
        PeerKind.User => new InputPeerUser { UserId = Id, AccessHash = accessHash },
        PeerKind.Chat => new InputPeerChat { ChatId = Id },
        PeerKind.Channel => new InputPeerChannel { ChannelId = Id, AccessHash = accessHash },
        _ => throw UnknownKind(),
    };

    /// <summary>The user as requests name it. <see cref="InvalidOperationException"/> for other kinds.</summary>
    public IInputUser ToInputUser(long accessHash) => Kind == PeerKind.User
        ? new InputUser { UserId = Id, AccessHash = accessHash }
        : throw new InvalidOperationException("The peer is not a user.");

    /// <summary>The channel as requests name it. <see cref="InvalidOperationException"/> for other kinds.</summary>
    public IInputChannel ToInputChannel(long accessHash) => Kind == PeerKind.Channel
        ? new InputChannel { ChannelId = Id, AccessHash = accessHash }
        : throw new InvalidOperationException("The peer is not a channel.");

    private static InvalidOperationException UnknownKind() => new("The peer's kind is not known.");
}
