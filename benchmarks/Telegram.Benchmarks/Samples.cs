using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Benchmarks;

/// <summary>What a server sends all day.</summary>
internal static class Samples
{
    public const string Text = "Good morning! Is the blue one still there in size 42?";

    public static Message Message(int id) => new()
    {
        Id = id,
        PeerId = new PeerUser { UserId = 777_000_001 },
        FromId = new PeerUser { UserId = 777_000_001 },
        Date = 1_760_000_000 + id,
        MessageValue = Text,
    };

    /// <summary>A page of history, as <c>messages.getHistory</c> answers it.</summary>
    public static MessagesMessagesSlice Page(int count) => new()
    {
        Count = 10 * count,
        Messages = [.. Enumerable.Range(1, count).Select(Message)],
        Topics = [],
        Chats = [],
        Users = [Person],
    };

    private static User Person => new() { Id = 777_000_001, AccessHash = 42, FirstName = "Anna", Username = "anna_customer", Phone = "79990000001" };

    /// <summary>One pushed message.</summary>
    public static byte[] Push(int pts) => TlSerializer.ToBytes(new Updates
    {
        UpdatesValue = [new UpdateNewMessage { Message = Message(pts), Pts = pts, PtsCount = 1 }],
        Users = [Person],
        Chats = [],
        Date = 1_760_000_000,
        Seq = 0,
    });
}
