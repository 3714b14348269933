using Telegram.Client.Tests.Scripted;
using Telegram.Tl.Types;
using Testing;

namespace Telegram.Client.Tests.Updates;

[TracksWork]
public sealed class UpdateLoopTests
{
    private const int Capacity = 4;

    private ManualTimeProvider _time = null!;
    private FakeUpdateSource _source = null!;
    private UpdateLoop _loop = null!;

    [SetUp]
    public void Begin()
    {
        _time = new ManualTimeProvider();
        _source = new FakeUpdateSource();
        _loop = Start(Capacity);
    }

    [TearDown]
    public async Task EndAsync() => await _loop.DisposeAsync();

    [Test]
    public async Task Reader_WhenUpdatesCome_HandsThemOutInOrder()
    {
        await CatchUpAsync();

        Push(pts: 11);
        Push(pts: 12);

        Assert.That(await ReadIdsAsync(2), Is.EqualTo(new[] { 11, 12 }));
    }

    [Test]
    public async Task Reader_WhenItIsSlow_LosesNothingAndHoldsLittle()
    {
        await CatchUpAsync();
        const int Pushed = 5000;
        for (var pts = 11; pts < 11 + Pushed; pts++)
        {
            Push(pts);
        }

        var ids = new List<int>();
        var server = AnswerDifferencesAsync(10 + Pushed);
        while (ids.Count < Pushed)
        {
            ids.AddRange(Ids(await ReadAsync()));
        }

        Assert.That(ids, Is.EqualTo(Enumerable.Range(11, Pushed)));
        Assert.That(await server, Is.GreaterThan(0), "what was thrown away came as a difference");
    }

    [Test]
    public async Task Reader_WhenASlowReaderMissesAChannel_ItsDifferenceIsAskedFor()
    {
        await _loop.DisposeAsync();
        _source = new FakeUpdateSource();
        _loop = Start(capacity: 1, new ChannelPosition(900, 1, 50));
        await CatchUpAsync();
        await StallAsync();
        for (var i = 0; i < UpdateInbox.Capacity; i++)
        {
            Push(pts: 100);
        }

        _loop.Post(new UpdateNews.Pushed(Make.Push(Make.ChannelMessage(900, 51))));
        var reading = _loop.Reader.DrainAsync();
        var (first, answer) = await _source.NextAsync();
        answer.SetResult(new UpdatesDifferenceEmpty { Date = 1, Seq = 3 });
        var (second, _) = await _source.NextAsync();
        await _loop.DisposeAsync();
        await reading;
        _loop = Start(capacity: 1);

        Assert.That(first, Is.TypeOf<UpdateRequest.Difference>());
        Assert.That(second, Is.EqualTo(new UpdateRequest.ChannelDifference(new ChannelPosition(900, 1, 50))));
    }

    [Test]
    public async Task Reader_WhenAGapStays_TheClockAlonePromptsTheDifference()
    {
        await CatchUpAsync();
        Push(pts: 13);
        await Eventually.TrueAsync(() => _time.PendingTimers == 1, "the loop waits");

        await AdvanceUntilAskedAsync(UpdateSequence.GapPatience);

        Assert.That((await _source.NextAsync()).Request, Is.TypeOf<UpdateRequest.Difference>());
    }

    [Test]
    public async Task Reader_WhenTheRequestFails_ItIsMadeAgainLater()
    {
        (await _source.NextAsync()).Answer.SetException(new TelegramConnectionException("away"));

        await AdvanceUntilAskedAsync(TimeSpan.FromSeconds(1));

        Assert.That((await _source.NextAsync()).Request, Is.TypeOf<UpdateRequest.Difference>());
    }

    [Test]
    public async Task Reader_WhenTheSessionEnds_EndsWithTheReason()
    {
        await CatchUpAsync();

        _loop.Post(new UpdateNews.Ended(new SessionRevokedException(401, "SESSION_REVOKED")));

        Assert.That(() => _loop.Reader.DrainAsync(), Throws.TypeOf<SessionRevokedException>());
    }

    [Test]
    public async Task Reader_WhenTheRequestSaysTheSessionEnded_EndsWithTheReason()
    {
        (await _source.NextAsync()).Answer.SetException(new SessionRevokedException(401, "SESSION_REVOKED"));

        Assert.That(() => _loop.Reader.DrainAsync(), Throws.TypeOf<SessionRevokedException>());
    }

    [Test]
    public async Task DisposeAsync_WhenNobodyReads_Ends()
    {
        await CatchUpAsync();
        await StallAsync();

        await _loop.DisposeAsync();

        await _loop.Reader.DrainAsync();
        _loop = Start(capacity: 1);
    }

    [Test]
    public async Task Reader_WhenNobodyIsSignedIn_WaitsForTheSignIn()
    {
        await _loop.DisposeAsync();
        _source = new FakeUpdateSource { UserId = null };
        _loop = Start(capacity: 1);
        Push(pts: 11);
        Assert.That(_source.Waiting, Is.Zero);

        _source.UserId = EngineHarness.Self;
        _loop.PostResync();

        Assert.That((await _source.NextAsync()).Request, Is.TypeOf<UpdateRequest.Difference>());
    }

    private void Push(int pts) => _loop.Post(new UpdateNews.Pushed(Make.Push(Make.NewMessage(pts))));

    /// <summary>Gives the loop a batch more than the reader has room for: it stands still and takes nothing from its inbox.</summary>
    private async Task StallAsync()
    {
        for (var pts = 11; pts <= 11 + Capacity; pts++)
        {
            Push(pts);
            await TrackedWork.Present.IdleAsync();
        }
    }

    private UpdateLoop Start(int capacity, params ChannelPosition[] channels) => new(
        _source, EngineHarness.Start, channels, TestOptions.Make(_time) with { UpdatesCapacity = capacity });

    /// <summary>After it the loop waits for news: what is pushed now is applied, and not left to the difference.</summary>
    private async Task CatchUpAsync()
    {
        var (_, answer) = await _source.NextAsync();
        answer.SetResult(new UpdatesDifferenceEmpty { Date = EngineHarness.Start.Date, Seq = EngineHarness.Start.Seq });
        await TrackedWork.Present.IdleAsync();
    }

    private async Task AdvanceUntilAskedAsync(TimeSpan by)
    {
        // The loop may look at the clock before or after it moves: it is moved until the loop has seen it.
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(by);
                return _source.Waiting > 0;
            },
            "the loop asks again");
    }

    private async Task<int> AnswerDifferencesAsync(int lastPts)
    {
        var answered = 0;
        var pts = 0;
        while (pts < lastPts)
        {
            var (request, answer) = await _source.NextAsync();
            var from = ((UpdateRequest.Difference)request).From.Pts;
            pts = Math.Min(from + 100, lastPts);
            IMessage[] messages = [.. Enumerable.Range(from + 1, pts - from).Select(id => Make.Text(id))];
            answer.SetResult(pts == lastPts ? Make.Difference(Make.State(pts), messages) : Make.Slice(Make.State(pts), messages));
            answered++;
        }

        return answered;
    }

    private async Task<UpdateBatch> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        return await _loop.Reader.ReadAsync(limit.Token);
    }

    private async Task<int[]> ReadIdsAsync(int count)
    {
        var ids = new List<int>();
        while (ids.Count < count)
        {
            ids.AddRange(Ids(await ReadAsync()));
        }

        return [.. ids];
    }

    private static IEnumerable<int> Ids(UpdateBatch batch) =>
        batch.Updates.OfType<UpdateNewMessage>().Select(update => ((Message)update.Message).Id);
}
