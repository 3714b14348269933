namespace Crm.Domain.Dialogs;

/// <summary>What a dialog's id stands for.</summary>
public enum DialogKind
{
    User,
    Chat,
    Channel,
}

/// <summary>
/// A dialog's id in the marked form of Telegram's Bot API: a user's id as it is, a basic group's negated,
/// a channel's or supergroup's as −1000000000000 − id. See https://core.telegram.org/api/bots/ids.
/// </summary>
public readonly record struct DialogId
{
    private const long MaxUserId = (1L << 40) - 1;
    private const long MaxChatId = 999_999_999_999;
    private const long ChannelMark = -1_000_000_000_000;
    private const long MaxChannelId = 997_852_516_352;

    private DialogId(long value) => Value = value;

    public long Value { get; }

    public DialogKind Kind => Value > 0 ? DialogKind.User : Value > ChannelMark ? DialogKind.Chat : DialogKind.Channel;

    /// <summary>The id Telegram itself uses, without the mark.</summary>
    public long BareId => Kind switch
    {
        DialogKind.User => Value,
        DialogKind.Chat => -Value,
        _ => ChannelMark - Value,
    };

    /// <summary>Accepts every value that can be a dialog; whether it is one is another question.</summary>
    public static bool TryCreate(long value, out DialogId id)
    {
        var valid = value is > 0 and <= MaxUserId or < 0 and >= -MaxChatId
            or < ChannelMark and >= ChannelMark - MaxChannelId;
        id = valid ? new DialogId(value) : default;
        return valid;
    }

    public static DialogId FromUser(long userId) => Create(userId is > 0 and <= MaxUserId, userId);

    public static DialogId FromChat(long chatId) => Create(chatId is > 0 and <= MaxChatId, -chatId);

    public static DialogId FromChannel(long channelId) => Create(channelId is > 0 and <= MaxChannelId, ChannelMark - channelId);

    public override string ToString() => Value.ToString();

    private static DialogId Create(bool valid, long value) =>
        valid ? new DialogId(value) : throw new ArgumentOutOfRangeException(nameof(value), value, "No dialog can have this id.");
}
