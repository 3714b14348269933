using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Tests.Telegram.Mapping;

public sealed class SentMessageMapTests
{
    private const long RandomId = 77;

    [Test]
    public void Map_WhenTheAnswerIsShort_TakesItsIdAndDate()
    {
        var answer = new UpdateShortSentMessage { Out = true, Id = 5, Pts = 9, PtsCount = 1, Date = 1_700_000_000 };

        Assert.That(SentMessageMap.Map(answer, RandomId), Is.EqualTo(new SentMessage(5, 1_700_000_000)));
    }

    [Test]
    public void Map_WhenTheAnswerIsUpdates_FindsTheMessageByItsRandomId()
    {
        var answer = Answer(
            new UpdateMessageID { Id = 4, RandomId = 1 },
            new UpdateMessageID { Id = 5, RandomId = RandomId },
            NewMessage(4, 1_600_000_000),
            NewMessage(5, 1_700_000_000));

        Assert.That(SentMessageMap.Map(answer, RandomId), Is.EqualTo(new SentMessage(5, 1_700_000_000)));
    }

    [Test]
    public void Map_WhenTheMessageItselfIsNotThere_TakesTheDateOfTheUpdates() =>
        Assert.That(
            SentMessageMap.Map(Answer(new UpdateMessageID { Id = 5, RandomId = RandomId }), RandomId),
            Is.EqualTo(new SentMessage(5, 1_800_000_000)));

    [Test]
    public void Map_WhenNothingNamesTheRandomId_AnswersNothing() =>
        Assert.That(SentMessageMap.Map(Answer(NewMessage(5, 1_700_000_000)), RandomId), Is.Null);

    private static Updates Answer(params IUpdate[] updates) =>
        new() { UpdatesValue = updates, Users = [], Chats = [], Date = 1_800_000_000, Seq = 0 };

    private static UpdateNewMessage NewMessage(int id, int date) => new()
    {
        Message = new Message { Out = true, Id = id, PeerId = new PeerUser { UserId = 3 }, Date = date, MessageValue = "said" },
        Pts = 9,
        PtsCount = 1,
    };
}
