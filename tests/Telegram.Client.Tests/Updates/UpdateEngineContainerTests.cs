using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

public sealed class UpdateEngineContainerTests
{
    private static readonly TimeSpan Patience = UpdateSequence.GapPatience;

    [Test]
    public void Receive_WhenSeqIsZero_AppliesAndMovesTheDateOnly()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(0, [Make.Typing()], date: 4000));

        Assert.That(harness.Batches.Single().Updates, Has.Count.EqualTo(1));
        Assert.That(harness.Position, Is.EqualTo(EngineHarness.Start with { Date = 4000 }));
    }

    [Test]
    public void Receive_WhenSeqIsNext_AppliesInTheContainersOrder()
    {
        var harness = EngineHarness.CaughtUp();
        var id = new UpdateMessageID { Id = 11, RandomId = 1 };
        var typing = Make.Typing();
        var message = Make.NewMessage(11);

        harness.Receive(Make.Push(4, [id, message, typing]));

        Assert.That(harness.Batches.Single().Updates, Is.EqualTo(new IUpdate[] { id, message, typing }));
        Assert.That(harness.Position, Is.EqualTo(new UpdatePosition(11, 5, 2000, 4)));
    }

    [Test]
    public void Receive_WhenSeqWasSeen_AppliesOnlyWhatHasItsOwnOrder()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(3, [Make.Typing(), Make.NewMessage(11)]));

        Assert.That(harness.Batches.Single().Updates.Single(), Is.TypeOf<UpdateNewMessage>());
        Assert.That(harness.Position.Seq, Is.EqualTo(3));
    }

    [Test]
    public void Receive_WhenSeqIsMissing_AppliesMessagesNowAndTheRestLater()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(5, [Make.Typing(), Make.NewMessage(11)]));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11 }));
        Assert.That(harness.Position.Seq, Is.EqualTo(3));
        harness.Receive(Make.Push(4, [Make.Typing()]));

        Assert.That(harness.Batches.SelectMany(batch => batch.Updates).OfType<UpdateUserTyping>().Count(), Is.EqualTo(2));
        Assert.That(harness.Position.Seq, Is.EqualTo(5));
    }

    [Test]
    public void Tick_WhenSeqStaysMissing_AsksForDifference()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(5, [Make.Typing()]));

        harness.Advance(Patience);

        Assert.That(harness.ExpectDifference().From.Seq, Is.EqualTo(3));
    }

    [Test]
    public void Receive_WhenCombined_CountsFromItsFirstToItsLast()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(new UpdatesCombined { Updates = [Make.Typing()], Users = [], Chats = [], Date = 9, SeqStart = 4, Seq = 7 });

        Assert.That(harness.Position.Seq, Is.EqualTo(7));
    }

    [TestCase(7, 4)]
    [TestCase(-1, 4)]
    public void Receive_WhenSeqIsImpossible_AsksForDifference(int start, int end)
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(new UpdatesCombined { Updates = [Make.Typing()], Users = [], Chats = [], Date = 9, SeqStart = start, Seq = end });

        harness.ExpectDifference();
        Assert.That(harness.Batches, Is.Empty);
    }

    [Test]
    public void Receive_WhenShortAndTheUserIsKnown_MakesAFullMessage()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(0, [Make.NewMessage(11)], users: [Make.User(Make.Friend)]));

        harness.Receive(Make.Short(12));
        harness.Receive(Make.Short(13, isOut: true));

        var messages = harness.Batches.SelectMany(batch => batch.Updates).OfType<UpdateNewMessage>()
            .Select(update => (Message)update.Message).Skip(1).ToArray();
        Assert.That(messages[0].FromId, Is.TypeOf<PeerUser>().With.Property("UserId").EqualTo(Make.Friend));
        Assert.That(messages[1].FromId, Is.TypeOf<PeerUser>().With.Property("UserId").EqualTo(EngineHarness.Self));
        Assert.That(messages[1].PeerId, Is.TypeOf<PeerUser>().With.Property("UserId").EqualTo(Make.Friend));
        Assert.That(messages[1].Out, Is.True);
        Assert.That(messages[1].MessageValue, Is.EqualTo("short"));
        Assert.That(harness.Position.Pts, Is.EqualTo(13));
    }

    [Test]
    public void Receive_WhenShortNamesAStranger_FetchesItInFull()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Short(11, userId: 555));

        Assert.That(harness.Position.Pts, Is.EqualTo(10));
        harness.ExpectDifference();
        harness.Answer(Make.Difference(Make.State(11), [Make.Text(11)], users: [Make.User(555)]));
        harness.Receive(Make.Short(12, userId: 555));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12 }));
    }

    [Test]
    public void Receive_WhenShortNamesAMinUser_FetchesItInFull()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(0, [Make.NewMessage(11)], users: [Make.User(Make.Friend, min: true)]));

        harness.Receive(Make.Short(12));

        harness.ExpectDifference();
    }

    [Test]
    public void Receive_WhenShortChatMessageIsOurs_MakesAFullMessage()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(new UpdateShortChatMessage
        {
            Id = 11,
            Out = true,
            FromId = EngineHarness.Self,
            ChatId = 44,
            Message = "hi",
            Pts = 11,
            PtsCount = 1,
            Date = 1,
        });

        var message = (Message)((UpdateNewMessage)harness.Batches.Single().Updates.Single()).Message;
        Assert.That(message.PeerId, Is.TypeOf<PeerChat>().With.Property("ChatId").EqualTo(44));
    }

    [Test]
    public void Receive_WhenUpdateShort_ChecksItsOrderToo()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(new UpdateShort { Update = Make.NewMessage(12), Date = 1 });
        harness.Receive(new UpdateShort { Update = Make.NewMessage(11), Date = 1 });

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12 }));
        Assert.That(harness.Position.Date, Is.EqualTo(1000), "a short update does not move the date");
    }

    [Test]
    public void Receive_WhenSentMessageComesWithoutItsCall_AsksForDifference()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(new UpdateShortSentMessage { Id = 11, Pts = 11, PtsCount = 1, Date = 1 });

        harness.ExpectDifference();
    }
}
