using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

public sealed class UpdateEngineDifferenceTests
{
    [Test]
    public void TakeRequest_WhenPositionIsGiven_CatchesUpFirst()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);

        Assert.That(harness.ExpectDifference().From, Is.EqualTo(EngineHarness.Start));
        Assert.That(harness.Request(), Is.Null, "one at a time");
    }

    [Test]
    public void TakeRequest_WhenNoPositionIsGiven_AsksForStateThenForTheDifferenceFromIt()
    {
        var harness = EngineHarness.Fresh(null);
        harness.Receive(Make.Push(Make.NewMessage(21)));
        Assert.That(harness.Request(), Is.TypeOf<UpdateRequest.State>());

        harness.Engine.OnState(Make.State(20, 1, 500, 2), harness.Now);

        Assert.That(harness.Batches.Single().Position, Is.EqualTo(new UpdatePosition(20, 1, 500, 2)));
        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(20));
    }

    [Test]
    public void OnDifference_WhenSliced_GoesOnFromEachSlice()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(Make.Slice(Make.State(12), Make.Text(11), Make.Text(12)));
        Assert.That(harness.Batches.Single().Position.Pts, Is.EqualTo(12), "each slice can be stored by itself");
        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(12));
        harness.Answer(Make.Difference(Make.State(13, seq: 9), [Make.Text(13)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12, 13 }));
        Assert.That(harness.Position, Is.EqualTo(new UpdatePosition(13, 5, 3000, 9)));
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void OnDifference_WhenSlicesBringNobodyFurther_AsksSlower()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(Make.Slice(Make.State(10, 5, 1000)));

        Assert.That(harness.Request(), Is.Null);
        harness.Advance(TimeSpan.FromSeconds(1));
        harness.ExpectDifference();
    }

    [Test]
    public void OnDifference_WhenTooLong_TellsTheGapAndGoesOnBehindIt()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(new UpdatesDifferenceTooLong { Pts = 5000 });

        Assert.That(harness.Batches.Single().Gaps.Single().ChannelId, Is.Null);
        Assert.That(harness.Batches.Single().Position.Pts, Is.EqualTo(5000));
        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(5000));
    }

    [Test]
    public void OnDifference_WhenEmpty_MovesDateAndSeqOnly()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(new UpdatesDifferenceEmpty { Date = 1234, Seq = 8 });

        Assert.That(harness.Position, Is.EqualTo(new UpdatePosition(10, 5, 1234, 8)));
        Assert.That(harness.Batches.Single().Updates, Is.Empty);
    }

    [Test]
    public void OnDifference_WhenItHoldsSeveralKinds_TellsIdsFirstThenMessagesThenTheRest()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();
        var deletion = Make.Deletion(12, 1);
        var id = new UpdateMessageID { Id = 11, RandomId = 77 };

        harness.Answer(Make.Difference(Make.State(12), [Make.Text(11)], [deletion, id], users: [Make.User(Make.Friend)]));

        var updates = harness.Batches.Single().Updates;
        Assert.That(updates[0], Is.SameAs(id));
        Assert.That(updates[1], Is.TypeOf<UpdateNewMessage>());
        Assert.That(updates[2], Is.SameAs(deletion));
        Assert.That(harness.Batches.Single().Users, Has.Count.EqualTo(1));
    }

    [Test]
    public void Resync_WhenDifferenceIsUnderWay_AsksOnceMore()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Engine.Resync();
        harness.Engine.Resync();
        harness.Answer(new UpdatesDifferenceEmpty { Date = 1000, Seq = 3 });

        harness.AnswerEmpty();
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void Tick_WhenNothingCameForAQuarterOfAnHour_AsksForDifference()
    {
        var harness = EngineHarness.CaughtUp();

        Assert.That(harness.Engine.NextDeadline, Is.EqualTo(harness.Now + UpdateEngine.QuietTime));
        harness.Advance(UpdateEngine.QuietTime - TimeSpan.FromSeconds(1));
        harness.Receive(Make.Push(Make.Typing()));
        harness.Advance(TimeSpan.FromSeconds(1));
        Assert.That(harness.Request(), Is.Null, "something came");
        harness.Advance(UpdateEngine.QuietTime);

        harness.ExpectDifference();
    }

    [Test]
    public void OnFailed_WhenTheAnswerCannotBeReadAgain_GoesOnBehindItAndTellsTheGap()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.Fail(harness.ExpectDifference(), new UnreadableAnswerException());
        harness.Advance(TimeSpan.FromSeconds(5));
        Assert.That(harness.ExpectDifference().From, Is.EqualTo(EngineHarness.Start), "once may be by chance");
        harness.Fail(new UpdateRequest.Difference(EngineHarness.Start), new UnreadableAnswerException());
        harness.Advance(TimeSpan.FromSeconds(5));

        Assert.That(harness.Request(), Is.TypeOf<UpdateRequest.State>());
        harness.Engine.OnState(Make.State(20), harness.Now);

        var batch = harness.Batches.Single();
        Assert.That((batch.Gaps.Single().ChannelId, batch.Position.Pts), Is.EqualTo(((long?)null, 20)));
        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(20));
        harness.Answer(Make.Difference(Make.State(21), [Make.Text(21)]));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 21 }));
    }

    [Test]
    public void OnFailed_WhenUnreadableBetweenOtherFailures_KeepsThePosition()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        foreach (var error in new Exception[] { new UnreadableAnswerException(), new TelegramConnectionException("away"), new UnreadableAnswerException() })
        {
            harness.Fail(harness.ExpectDifference(), error);
            harness.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.That(harness.ExpectDifference().From, Is.EqualTo(EngineHarness.Start));
    }

    [Test]
    public void OnFailed_WhenFlooded_WaitsAsLongAsTold()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        var request = harness.ExpectDifference();

        harness.Fail(request, new FloodWaitException(420, "FLOOD_WAIT", 30));

        Assert.That(harness.Engine.NextDeadline, Is.EqualTo(harness.Now + TimeSpan.FromSeconds(30)));
        harness.Advance(TimeSpan.FromSeconds(29));
        Assert.That(harness.Request(), Is.Null);
        harness.Advance(TimeSpan.FromSeconds(1));
        harness.ExpectDifference();
    }

    [Test]
    public void OnFailed_WhenItFailsAgainAndAgain_WaitsLongerEachTimeUntilResync()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        var waits = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            harness.Fail(harness.ExpectDifference(), new TelegramConnectionException("away"));
            waits.Add((harness.Engine.NextDeadline - harness.Now).TotalSeconds);
            harness.Advance(harness.Engine.NextDeadline - harness.Now);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 64, 120, 120, 120 }));
        harness.Fail(harness.ExpectDifference(), new TelegramConnectionException("away"));
        harness.Engine.Resync();
        harness.ExpectDifference();
    }

    [Test]
    public void OnFailed_WhenThePositionIsRefused_TakesTheStateAndTellsTheGap()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.Fail(harness.ExpectDifference(), new RpcException(400, "PERSISTENT_TIMESTAMP_INVALID"));
        harness.Advance(TimeSpan.FromSeconds(1));
        Assert.That(harness.Request(), Is.TypeOf<UpdateRequest.State>());

        harness.Engine.OnState(Make.State(900), harness.Now);

        Assert.That(harness.Batches.Single().Gaps, Has.Count.EqualTo(1));
        Assert.That(harness.Position.Pts, Is.EqualTo(900));
    }

    [Test]
    public void OnDifference_WhenTheServerStandsBehindUs_BelievesTheServer()
    {
        var harness = EngineHarness.Fresh(EngineHarness.Start);
        harness.ExpectDifference();

        harness.Answer(Make.Difference(Make.State(4), []));
        harness.Receive(Make.Push(Make.NewMessage(5)));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 5 }));
    }
}
