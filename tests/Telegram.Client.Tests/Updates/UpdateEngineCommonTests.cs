using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

public sealed class UpdateEngineCommonTests
{
    private static readonly TimeSpan Patience = UpdateSequence.GapPatience;

    [Test]
    public void Receive_WhenNext_AppliesAndMovesPosition()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(0, [Make.NewMessage(11)], users: [Make.User(Make.Friend)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11 }));
        Assert.That(harness.Batches.Single().Position, Is.EqualTo(new UpdatePosition(11, 5, 2000, 3)));
        Assert.That(harness.Batches.Single().Users, Has.Count.EqualTo(1));
    }

    [Test]
    public void Receive_WhenSeenBefore_HandsOutNothing()
    {
        var harness = EngineHarness.CaughtUp();
        var push = Make.Push(0, [Make.NewMessage(11)], date: 1000);

        harness.Receive(push);
        harness.Receive(push);

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11 }));
        Assert.That(harness.Batches, Has.Count.EqualTo(1));
    }

    [Test]
    public void Receive_WhenReordered_AppliesInOrderWithoutAsking()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(Make.NewMessage(13)));
        harness.Receive(Make.Push(Make.NewMessage(12)));
        Assert.That(harness.MessageIds, Is.Empty);
        harness.Receive(Make.Push(Make.NewMessage(11)));
        harness.Advance(Patience * 2);

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12, 13 }));
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void Receive_WhenLaterUpdateIsApplied_BringsTheUsersItNamed()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(0, [Make.NewMessage(12)], users: [Make.User(8)]));
        harness.Receive(Make.Push(0, [Make.NewMessage(11)], users: [Make.User(9)]));

        Assert.That(harness.Batches.SelectMany(batch => batch.Users).Cast<User>().Select(user => user.Id), Is.EquivalentTo(new long[] { 8, 9 }));
    }

    [Test]
    public void Tick_WhenGapStays_AsksForDifferenceAfterHalfASecond()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(Make.NewMessage(13)));

        Assert.That(harness.Engine.NextDeadline, Is.EqualTo(harness.Now + Patience));
        harness.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.That(harness.Request(), Is.Null);
        harness.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(10));
    }

    [Test]
    public void OnDifference_WhenItFillsTheGap_DropsWhatWaited()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(Make.NewMessage(13)));
        harness.Advance(Patience);
        harness.ExpectDifference();

        harness.Answer(Make.Difference(Make.State(13), [Make.Text(11), Make.Text(12), Make.Text(13)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12, 13 }));
        Assert.That(harness.Position.Pts, Is.EqualTo(13));
        Assert.That(harness.Request(), Is.Null);
    }

    [Test]
    public void OnDifference_WhenPushCameMeanwhile_AppliesItAfterwards()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(new UpdatesTooLong());
        harness.ExpectDifference();
        harness.Receive(Make.Push(Make.NewMessage(12)));
        Assert.That(harness.MessageIds, Is.Empty);

        harness.Answer(Make.Difference(Make.State(11), [Make.Text(11)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12 }));
        Assert.That(harness.Position.Pts, Is.EqualTo(12));
    }

    [Test]
    public void OnDifference_WhenGapRemainsBehindIt_WaitsAndAsksAgain()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(new UpdatesTooLong());
        harness.ExpectDifference();
        harness.Receive(Make.Push(Make.NewMessage(14)));
        harness.Answer(Make.Difference(Make.State(11), [Make.Text(11)]));

        Assert.That(harness.Request(), Is.Null);
        harness.Advance(Patience);

        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(11));
    }

    [Test]
    public void Receive_WhenOneUpdateStandsForSeveralEvents_CountsThemAll()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(Make.Deletion(14, 4)));
        harness.Receive(Make.Push(Make.Deletion(20, 5)));
        harness.Advance(Patience);

        Assert.That(harness.Position.Pts, Is.EqualTo(14));
        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(14));
    }

    [Test]
    public void Receive_WhenCountIsZero_AppliesOnlyAtThePresentPosition()
    {
        var harness = EngineHarness.CaughtUp();
        var page = new WebPageEmpty { Id = 1 };

        harness.Receive(Make.Push(new UpdateWebPage { Webpage = page, Pts = 10, PtsCount = 0 }));
        harness.Receive(Make.Push(new UpdateWebPage { Webpage = page, Pts = 9, PtsCount = 0 }));

        Assert.That(harness.Batches.SelectMany(batch => batch.Updates), Has.Exactly(1).Items);
        Assert.That(harness.Position.Pts, Is.EqualTo(10));
    }

    [Test]
    public void Receive_WhenPtsIsZero_AppliesWithoutOrder()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(new UpdateBotStopped { UserId = 1, Date = 1, Stopped = true, Qts = 0 }));

        Assert.That(harness.Batches.Single().Updates, Has.Count.EqualTo(1));
        Assert.That(harness.Position.Qts, Is.EqualTo(5));
    }

    [TestCase(11, -1)]
    [TestCase(-5, 1)]
    [TestCase(11, 12)]
    public void Receive_WhenCountersAreImpossible_AsksForDifference(int pts, int count)
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(Make.Deletion(pts, count)));

        Assert.That(harness.Position.Pts, Is.EqualTo(10));
        harness.ExpectDifference();
    }

    [Test]
    public void Receive_WhenSecondaryIsMissing_AsksForDifference()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(new UpdateBotStopped { UserId = 1, Date = 1, Stopped = true, Qts = 6 }));
        harness.Receive(Make.Push(new UpdateBotStopped { UserId = 1, Date = 1, Stopped = true, Qts = 8 }));
        harness.Advance(Patience);

        Assert.That(harness.ExpectDifference().From.Qts, Is.EqualTo(6));
    }

    [Test]
    public void Receive_WhenTooManyWait_DropsThemAndAsksAtOnce()
    {
        var harness = EngineHarness.CaughtUp();
        for (var i = 0; i <= UpdateSequence.MaxWaiting; i++)
        {
            harness.Receive(Make.Push(Make.NewMessage(100 + i)));
        }

        harness.ExpectDifference();
        harness.Answer(Make.Difference(Make.State(99), [Make.Text(99)]));

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 99 }), "what waited was given up; the server tells it again");
    }

    [Test]
    public void Receive_WhenTooManyWaitDuringDifference_AsksOnceMore()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(new UpdatesTooLong());
        harness.ExpectDifference();
        for (var i = 0; i <= UpdateSequence.MaxWaiting; i++)
        {
            harness.Receive(Make.Push(Make.NewMessage(100 + i)));
        }

        harness.Answer(Make.Difference(Make.State(99), [Make.Text(99)]));

        Assert.That(harness.ExpectDifference().From.Pts, Is.EqualTo(99));
    }

    [Test]
    public void ReceiveAffected_WhenOwnCallMovedTheCounter_LeavesNoGap()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Engine.ReceiveAffected(null, 13, 3, harness.Now);
        Assert.That(harness.Batches.Single().Position.Pts, Is.EqualTo(13), "the consumer has to store that");
        harness.Receive(Make.Push(Make.NewMessage(14)));

        Assert.That(harness.Batches[0].Updates, Is.Empty);
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 14 }));
    }

    [Test]
    public void TakeBatch_WhenSeveralContainersCame_HandsThemOutTogether()
    {
        var harness = EngineHarness.CaughtUp();

        harness.Receive(Make.Push(Make.NewMessage(11)));
        harness.Receive(Make.Push(0, [Make.NewMessage(12)], users: [Make.User(7)]));
        var batch = harness.Batches.Single();

        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12 }));
        Assert.That((batch.Position.Pts, batch.Users.Count), Is.EqualTo((12, 1)));
    }

    [Test]
    public void IsBatchFull_WhenManyContainersCame_AsksForNoMore()
    {
        var harness = EngineHarness.CaughtUp();
        Assert.That(harness.Engine.IsBatchFull, Is.False);
        for (var i = 1; i < UpdateBatchBuilder.MaxUpdates; i++)
        {
            harness.Receive(Make.Push(Make.NewMessage(10 + i)));
        }

        Assert.That(harness.Engine.IsBatchFull, Is.False);
        harness.Receive(Make.Push(Make.NewMessage(10 + UpdateBatchBuilder.MaxUpdates)));

        Assert.That(harness.Engine.IsBatchFull);
        Assert.That(harness.Batches.Single().Updates, Has.Count.EqualTo(UpdateBatchBuilder.MaxUpdates));
        Assert.That(harness.Engine.IsBatchFull, Is.False);
    }

    [Test]
    public void OnDifference_WhenSomethingWasPushedBefore_IsABatchOfItsOwn()
    {
        var harness = EngineHarness.CaughtUp();
        harness.Receive(Make.Push(Make.NewMessage(11)));
        harness.Receive(new UpdatesTooLong());
        harness.ExpectDifference();

        harness.Answer(Make.Difference(Make.State(13), [Make.Text(12), Make.Text(13)]));

        Assert.That(harness.Batches.Select(batch => batch.Position.Pts), Is.EqualTo(new[] { 11, 13 }));
        Assert.That(harness.MessageIds, Is.EqualTo(new[] { 11, 12, 13 }));
    }
}
