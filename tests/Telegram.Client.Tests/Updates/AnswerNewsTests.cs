using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

public sealed class AnswerNewsTests
{
    private const long Self = 100;

    [Test]
    public void Of_WhenASendIsAnsweredInShort_MakesTheWholeMessage()
    {
        var call = new MessagesSendMessage
        {
            Peer = new InputPeerUser { UserId = 7, AccessHash = 1 },
            Message = "hello",
            RandomId = 55,
            ReplyTo = new InputReplyToMessage { ReplyToMsgId = 9 },
        };

        var news = AnswerNews.Of(call, new UpdateShortSentMessage { Out = true, Id = 20, Pts = 30, PtsCount = 1, Date = 400 }, Self);

        var updates = ((Tl.Types.Updates)((UpdateNews.Pushed)news!).Updates).UpdatesValue;
        Assert.That(updates[0], Is.TypeOf<UpdateMessageID>().With.Property("RandomId").EqualTo(55).And.Property("Id").EqualTo(20));
        var update = (UpdateNewMessage)updates[1];
        var message = (Message)update.Message;
        Assert.That((update.Pts, update.PtsCount), Is.EqualTo((30, 1)));
        Assert.That((message.Id, message.Out, message.MessageValue, message.Date), Is.EqualTo((20, true, "hello", 400)));
        Assert.That(((PeerUser)message.PeerId).UserId, Is.EqualTo(7));
        Assert.That(((PeerUser)message.FromId!).UserId, Is.EqualTo(Self));
        Assert.That(((MessageReplyHeader)message.ReplyTo!).ReplyToMsgId, Is.EqualTo(9));
    }

    [Test]
    public void Of_WhenTheSendCannotBeUnderstood_FallsBackToTheDifference()
    {
        var call = new MessagesSendMessage { Peer = new InputPeerEmpty(), Message = "x", RandomId = 1 };

        var news = AnswerNews.Of(call, new UpdateShortSentMessage { Id = 20, Pts = 30, PtsCount = 1, Date = 400 }, Self);

        Assert.That(((UpdateNews.Pushed)news!).Updates, Is.TypeOf<UpdatesTooLong>());
    }

    [Test]
    public void Of_WhenAnswerIsUpdates_PassesThemOn()
    {
        var updates = Make.Push(Make.NewMessage(11));

        Assert.That(((UpdateNews.Pushed)AnswerNews.Of(new MessagesGetAllDrafts(), updates, Self)!).Updates, Is.SameAs(updates));
    }

    [Test]
    public void Of_WhenPrivateChatIsAffected_NamesNoChannel()
    {
        var call = new MessagesReadHistory { Peer = new InputPeerUser { UserId = 7, AccessHash = 1 }, MaxId = 1 };

        var news = AnswerNews.Of(call, new MessagesAffectedMessages { Pts = 12, PtsCount = 1 }, Self);

        Assert.That(news, Is.EqualTo(new UpdateNews.Affected(null, 12, 1)));
    }

    [Test]
    public void Of_WhenChannelIsAffected_NamesIt()
    {
        var delete = new ChannelsDeleteMessages { Channel = new InputChannel { ChannelId = 9, AccessHash = 1 }, Id = [1] };
        var unpin = new MessagesUnpinAllMessages { Peer = new InputPeerChannel { ChannelId = 8, AccessHash = 1 } };

        Assert.That(AnswerNews.Of(delete, new MessagesAffectedMessages { Pts = 12, PtsCount = 1 }, Self), Is.EqualTo(new UpdateNews.Affected(9, 12, 1)));
        Assert.That(
            AnswerNews.Of(unpin, new MessagesAffectedHistory { Pts = 3, PtsCount = 2, Offset = 0 }, Self), Is.EqualTo(new UpdateNews.Affected(8, 3, 2)));
    }

    [Test]
    public void Of_WhenDialogsAreListed_TellsThePositionsOfChannelsWeAreIn()
    {
        var dialogs = new MessagesDialogs
        {
            Dialogs = [Dialog(1, 11), Dialog(2, 22), Dialog(3, null)],
            Messages = [],
            Chats = [Make.Channel(1, accessHash: 5), Make.Channel(2, accessHash: 6, left: true), Make.Channel(3, accessHash: 7)],
            Users = [],
        };

        var news = (UpdateNews.Positions)AnswerNews.Of(new MessagesGetAllDrafts(), dialogs, Self)!;

        Assert.That(news.Channels, Is.EqualTo(new[] { new ChannelPosition(1, 5, 11) }));
    }

    [Test]
    public void Of_WhenAnswerMovesNothing_IsNull() =>
        Assert.That(AnswerNews.Of(new UpdatesGetState(), Make.State(1), Self), Is.Null);

    private static Dialog Dialog(long channelId, int? pts) => new()
    {
        Peer = new PeerChannel { ChannelId = channelId },
        Pts = pts,
        TopMessage = 1,
        ReadInboxMaxId = 0,
        ReadOutboxMaxId = 0,
        UnreadCount = 0,
        UnreadMentionsCount = 0,
        UnreadReactionsCount = 0,
        NotifySettings = new PeerNotifySettings(),
    };
}
