using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

/// <summary>Short names for the TL objects the tests are made of.</summary>
internal static class Make
{
    public const long Friend = 7;

    public static Message Text(int id, IPeer? peer = null) => new()
    {
        Id = id,
        PeerId = peer ?? new PeerUser { UserId = Friend },
        FromId = new PeerUser { UserId = Friend },
        Date = 1000 + id,
        MessageValue = $"text {id}",
    };

    /// <summary>A message whose id is its pts.</summary>
    public static UpdateNewMessage NewMessage(int pts, int count = 1) => new() { Message = Text(pts), Pts = pts, PtsCount = count };

    public static UpdateDeleteMessages Deletion(int pts, int count) => new() { Messages = [1], Pts = pts, PtsCount = count };

    public static UpdateNewChannelMessage ChannelMessage(long channelId, int pts, int count = 1) => new()
    {
        Message = Text(pts, new PeerChannel { ChannelId = channelId }),
        Pts = pts,
        PtsCount = count,
    };

    public static Channel Channel(long id, long? accessHash = null, bool left = false) => new()
    {
        Id = id,
        AccessHash = accessHash,
        Left = left,
        Title = "channel",
        Photo = new ChatPhotoEmpty(),
        Date = 1,
    };

    public static User User(long id, bool min = false) => new() { Id = id, AccessHash = id * 10, Min = min, FirstName = "name" };

    public static Tl.Types.Updates Push(params IUpdate[] updates) => Push(0, updates);

    public static Tl.Types.Updates Push(int seq, IUpdate[] updates, IChat[]? chats = null, IUser[]? users = null, int date = 2000) => new()
    {
        UpdatesValue = updates,
        Users = users ?? [],
        Chats = chats ?? [],
        Date = date,
        Seq = seq,
    };

    public static UpdatesState State(int pts, int qts = 5, int date = 3000, int seq = 3) =>
        new() { Pts = pts, Qts = qts, Date = date, Seq = seq, UnreadCount = 0 };

    public static UpdatesDifference Difference(UpdatesState state, IMessage[] messages, IUpdate[]? others = null, IChat[]? chats = null, IUser[]? users = null) => new()
    {
        NewMessages = messages,
        NewEncryptedMessages = [],
        OtherUpdates = others ?? [],
        Chats = chats ?? [],
        Users = users ?? [],
        State = state,
    };

    public static UpdatesDifferenceSlice Slice(UpdatesState state, params IMessage[] messages) => new()
    {
        NewMessages = messages,
        NewEncryptedMessages = [],
        OtherUpdates = [],
        Chats = [],
        Users = [],
        IntermediateState = state,
    };

    public static UpdatesChannelDifference ChannelDifference(int pts, bool final, params IMessage[] messages) => new()
    {
        Final = final,
        Pts = pts,
        NewMessages = messages,
        OtherUpdates = [],
        Chats = [],
        Users = [],
    };

    public static UpdatesChannelDifferenceTooLong ChannelTooLong(long channelId, int pts, params IMessage[] messages) => new()
    {
        Final = true,
        Dialog = new Dialog
        {
            Peer = new PeerChannel { ChannelId = channelId },
            Pts = pts,
            TopMessage = pts,
            ReadInboxMaxId = 0,
            ReadOutboxMaxId = 0,
            UnreadCount = 0,
            UnreadMentionsCount = 0,
            UnreadReactionsCount = 0,
            NotifySettings = new PeerNotifySettings(),
        },
        Messages = messages,
        Chats = [],
        Users = [],
    };

    public static UpdateUserTyping Typing() => new() { UserId = Friend, Action = new SendMessageTypingAction() };

    public static UpdateShortMessage Short(int pts, long userId = Friend, bool isOut = false) => new()
    {
        Id = pts,
        Out = isOut,
        UserId = userId,
        Message = "short",
        Pts = pts,
        PtsCount = 1,
        Date = 1500,
    };
}
