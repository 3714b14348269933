using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// Updates in their order, and the position after them. Whoever stores the messages and the position in one transaction, batch after
/// batch, neither loses nor doubles one: what was not stored comes again as a difference from the stored position.
/// </summary>
public sealed class UpdateBatch
{
    internal UpdateBatch(
        IReadOnlyList<IUpdate> updates,
        IReadOnlyList<IUser> users,
        IReadOnlyList<IChat> chats,
        UpdatePosition position,
        IReadOnlyList<ChannelPosition> channels,
        IReadOnlyList<UpdateGap> gaps)
    {
        Updates = updates;
        Users = users;
        Chats = chats;
        Position = position;
        Channels = channels;
        Gaps = gaps;
    }

    /// <summary>
    /// The updates, in order. Messages of a difference come as <see cref="UpdateNewMessage"/>, <see cref="UpdateNewChannelMessage"/> and
    /// <see cref="UpdateNewEncryptedMessage"/> with a pts of 0; the shortened forms are made into the full ones.
    /// Empty when only the position moved.
    /// </summary>
    public IReadOnlyList<IUpdate> Updates { get; }

    /// <summary>The users the updates name. A user marked <c>min</c> has no access hash to be stored.</summary>
    public IReadOnlyList<IUser> Users { get; }

    /// <summary>The groups and channels the updates name.</summary>
    public IReadOnlyList<IChat> Chats { get; }

    /// <summary>The account's position after this batch.</summary>
    public UpdatePosition Position { get; }

    /// <summary>The channels that moved in this batch, and where to.</summary>
    public IReadOnlyList<ChannelPosition> Channels { get; }

    /// <summary>Sequences Telegram gives no difference for any more: their histories are to be read anew.</summary>
    public IReadOnlyList<UpdateGap> Gaps { get; }
}

/// <summary>Updates were missed and cannot be had as updates any more.</summary>
/// <param name="ChannelId">The channel; <see langword="null"/>: all private chats and basic groups.</param>
/// <param name="LatestMessages">The channel's latest messages, where Telegram gave them.</param>
public sealed record UpdateGap(long? ChannelId, IReadOnlyList<IMessage> LatestMessages);
