using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

public sealed class UpdateEngineChannelTests
{
    private const long News = 900;
    private const long Sports = 901;

    private static readonly TimeSpan Patience = UpdateSequence.GapPatience;

    [Test]
    public void Receive_WhenNext_MovesThatChannelOnly()
    {
        var harness = EngineHarness.CaughtUp(new(News, 1, 50), new(Sports, 2, 70));

        harness.Receive(Make.Push(0, [Make.ChannelMessage(News, 51)], date: 1000));

        Assert.That(harness.Batches.Single().Channels, Is.EqualTo(new[] { new ChannelPosition(News, 1, 51) }));
        Assert.That(harness.Position, Is.EqualTo(EngineHarness.Start));
    }

    [Test]
    public void Receive_WhenGapInOneChannel_DoesNotHoldUpTheOthers()
    {
        var harness = EngineHarness.CaughtUp(new(News, 1, 50), new(Sports, 2, 70));

        harness.Receive(Make.Push(Make.ChannelMessage(News, 53), Make.ChannelMessage(Sports, 71), Make.NewMessage(11)));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 71, 11 }));
        harness.Advance(Patience);

        Assert.That(harness.ExpectChannelDifference().From, Is.EqualTo(new ChannelPosition(News, 1, 50)));
        harness.Receive(Make.Push(Make.ChannelMessage(Sports, 72)));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 71, 11, 72 }));
    }

    [Test]
    public void Receive_WhenReordered_AppliesInOrder()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));

        harness.Receive(Make.Push(Make.ChannelMessage(News, 52)));
        harness.Receive(Make.Push(Make.ChannelMessage(News, 51)));
        harness.Receive(Make.Push(Make.ChannelMessage(News, 51)));
        harness.Advance(Patience * 2);

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 51, 52 }));
        Assert.That(harness.Request(), Is.Null);
        Assert.That(harness.Batches[^1].Channels.Single().Pts, Is.EqualTo(52));
    }

    [Test]
    public void OnChannelDifference_WhenNotFinal_GoesOn()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News, Pts = 60 }));
        harness.ExpectChannelDifference();
        harness.Receive(Make.Push(Make.ChannelMessage(News, 61)));

        harness.Answer(News, Make.ChannelDifference(55, final: false, Make.Text(55, new PeerChannel { ChannelId = News })));
        Assert.That(harness.ExpectChannelDifference().From.Pts, Is.EqualTo(55));
        harness.Answer(News, Make.ChannelDifference(60, final: true, Make.Text(60, new PeerChannel { ChannelId = News })));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 55, 60, 61 }));
        Assert.That(harness.Batches[^1].Channels.Single().Pts, Is.EqualTo(61));
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void OnChannelDifference_WhenTooLong_TellsTheGapWithTheLatestMessages()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));
        harness.ExpectChannelDifference();

        harness.Answer(News, Make.ChannelTooLong(News, 5000, Make.Text(5000)));

        var batch = harness.Batches[^1];
        Assert.That(batch.Gaps.Single().ChannelId, Is.EqualTo(News));
        Assert.That(batch.Gaps.Single().LatestMessages, Has.Count.EqualTo(1));
        Assert.That(batch.Channels.Single().Pts, Is.EqualTo(5000));
        Assert.That(batch.Updates, Is.Empty);
    }

    [Test]
    public void OnChannelDifference_WhenEmpty_IsDone()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));
        harness.ExpectChannelDifference();

        harness.Answer(News, new UpdatesChannelDifferenceEmpty { Final = true, Pts = 50 });

        Assert.That(harness.Request(), Is.Null);
        Assert.That(harness.Batches.SelectMany(batch => batch.Channels), Is.Empty);
    }

    [Test]
    public void OnChannelDifference_WhenNotFinalAndNoFurther_AsksSlower()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));
        harness.ExpectChannelDifference();

        harness.Answer(News, new UpdatesChannelDifferenceEmpty { Final = false, Pts = 50 });

        Assert.That(harness.Request(), Is.Null);
        Assert.That(harness.Engine.NextDeadline, Is.EqualTo(harness.Now + TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Receive_WhenTooLongNamesAPlaceWeHaveReached_DoesNothing()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));

        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News, Pts = 50 }));

        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void Receive_WhenChannelIsNew_BeginsWithItsFirstUpdate()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(0, [Make.ChannelMessage(News, 33)], chats: [Make.Channel(News, accessHash: 99)]));
        harness.Receive(Make.Push(Make.ChannelMessage(News, 35)));
        harness.Advance(Patience);

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 33 }));
        Assert.That(harness.ExpectChannelDifference().From, Is.EqualTo(new ChannelPosition(News, 99, 33)));
    }

    [Test]
    public void OnDifference_WhenItSaysAChannelIsBehind_AsksForThatChannelAfterwards()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start, new ChannelPosition(News, 1, 50));
        harness.ExpectDifference();
        Assert.That(harness.Request(), Is.Null);

        harness.Answer(Make.Difference(Make.State(10), [], [new UpdateChannelTooLong { ChannelId = News, Pts = 52 }]));

        Assert.That(harness.ExpectChannelDifference().From.Pts, Is.EqualTo(50));
    }

    [Test]
    public void OnDifference_WhenItSaysAnUnknownChannelIsBehind_AsksFromTheBeginning()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(Make.Difference(
            Make.State(10), [], [new UpdateChannelTooLong { ChannelId = News, Pts = 52 }], chats: [Make.Channel(News, accessHash: 99)]));

        Assert.That(harness.ExpectChannelDifference().From, Is.EqualTo(new ChannelPosition(News, 99, 1)));
    }

    [Test]
    public void TakeRequest_WhenAccessHashIsUnknown_TellsTheGapInstead()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News, Pts = 52 }));

        Assert.That(harness.Request(), Is.Null);
        Assert.That(harness.Batches[^1].Gaps.Single().ChannelId, Is.EqualTo(News));
        Assert.That(harness.Engine.NextDeadline, Is.EqualTo(harness.Now + UpdateEngine.QuietTime));
    }

    [Test]
    public void OnDifference_WhenItHoldsUpdatesOfAChannel_ChecksTheirOrder()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start, new ChannelPosition(News, 1, 50));
        harness.ExpectDifference();

        harness.Answer(Make.Difference(Make.State(11), [Make.Text(11)], [Make.ChannelMessage(News, 50), Make.ChannelMessage(News, 51)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 51 }));
        Assert.That(harness.Batches.Single().Channels.Single().Pts, Is.EqualTo(51));
    }

    [Test]
    public void Receive_WhenTheAccountLeft_ForgetsTheChannel()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));

        harness.Receive(Make.Push(0, [new UpdateChannel { ChannelId = News }], chats: [Make.Channel(News, left: true)]));

        Assert.That(harness.Engine.IsBatchFull, "hearing of it again is another batch");
        Assert.That(harness.Batches.Single().Channels, Is.EqualTo(new[] { new ChannelPosition(News, 1, 0) }));
    }

    [Test]
    public void OnFailed_WhenTheChannelIsPrivateNow_ForgetsIt()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));

        harness.Fail(harness.ExpectChannelDifference(), new RpcException(400, "CHANNEL_PRIVATE"));

        Assert.That(harness.Batches[^1].Channels.Single().Pts, Is.Zero);
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void OnFailed_WhenTheAnswerCannotBeReadAgain_TellsTheGapAndGoesOn()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));

        harness.Fail(harness.ExpectChannelDifference(), new UnreadableAnswerException());
        Assert.That(harness.Batches.SelectMany(one => one.Gaps), Is.Empty, "once may be by chance");
        harness.Advance(TimeSpan.FromSeconds(5));
        harness.Fail(harness.ExpectChannelDifference(), new UnreadableAnswerException());

        var batch = harness.Batches.Single(one => one.Gaps.Count > 0);
        Assert.That((batch.Gaps.Single().ChannelId, batch.Channels.Single().Pts), Is.EqualTo(((long?)News, 0)));
        harness.Advance(TimeSpan.FromHours(1));
        Assert.That(harness.Request(), Is.TypeOf<UpdateRequest.Difference>(), "the account's own, after so much silence");
    }

    [Test]
    public void OnFailed_WhenOneChannelIsFlooded_LetsTheOthersGoFirst()
    {
        var harness = EngineHarness.CaughtUp(new(News, 1, 50), new(Sports, 2, 70));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));
        var first = harness.ExpectChannelDifference();
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = Sports }));
        Assert.That(harness.Request(), Is.Null, "one channel at a time");

        harness.Fail(first, new FloodWaitException(420, "FLOOD_WAIT", 20));

        Assert.That(harness.ExpectChannelDifference().From.ChannelId, Is.EqualTo(Sports));
    }

    [Test]
    public void OnChannelDifference_WhenAnotherWarningCameMeanwhile_AsksOnceMore()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }));
        harness.ExpectChannelDifference();
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News, Pts = 60 }));

        harness.Answer(News, Make.ChannelDifference(55, final: true));

        Assert.That(harness.ExpectChannelDifference().From.Pts, Is.EqualTo(55));
    }

    [Test]
    public void Track_WhenDialogsTellAPosition_StoresItOnceAndNeverOverwrites()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));

        harness.Engine.Track([new(News, 1, 80), new(Sports, 2, 70)]);
        harness.Engine.Track([new(Sports, 2, 75)]);

        Assert.That(harness.Batches.Single().Channels, Is.EqualTo(new[] { new ChannelPosition(Sports, 2, 70) }));
    }

    [Test]
    public void Missed_WhenUpdatesOfAChannelWereThrownAway_AsksForItsDifference()
    {
        var harness = EngineHarness.CaughtUp(new ChannelPosition(News, 1, 50));

        harness.Engine.Missed([News, 12345]);

        harness.ExpectChannelDifference();
    }

    [Test]
    public void NextDeadline_WhenChannelsWaitForTheirTurn_DoesNotKeepTheLoopAwake()
    {
        var harness = EngineHarness.CaughtUp(new(News, 1, 50), new(Sports, 2, 70));
        harness.Receive(Make.Push(new UpdateChannelTooLong { ChannelId = News }, new UpdateChannelTooLong { ChannelId = Sports }));
        harness.Request();

        Assert.That(harness.Engine.NextDeadline, Is.GreaterThan(harness.Now));
    }
}
