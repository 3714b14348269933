using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Updates;

/// <summary>An engine with a clock that stands still, and what came out of it.</summary>
internal sealed class EngineHarness
{
    public const long Self = 100;

    public static readonly UpdatePosition Start = new(Pts: 10, Qts: 5, Date: 1000, Seq: 3);

    private readonly List<UpdateBatch> _batches = [];

    private EngineHarness(UpdatePosition? position, IEnumerable<ChannelPosition> channels)
    {
        Engine = new UpdateEngine(Self, position, channels, Now);
    }

    public UpdateEngine Engine { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public UpdatePosition Position => Engine.Position;

    /// <summary>Everything handed out since the last look.</summary>
    public IReadOnlyList<UpdateBatch> Batches
    {
        get
        {
            while (Engine.TakeBatch() is { } batch)
            {
                _batches.Add(batch);
            }

            return _batches;
        }
    }

    /// <summary>The ids of all messages handed out, in order.</summary>
    public IEnumerable<int> MessageIds => Batches.SelectMany(batch => batch.Updates).Select(IdOf).Where(id => id != 0);

    /// <summary>An engine that has caught up and stands at <see cref="Start"/>.</summary>
    public static EngineHarness CaughtUp(params ChannelPosition[] channels)
    {
        var harness = new EngineHarness(Start, channels);
        harness.AnswerEmpty();
        return harness;
    }

    /// <summary>An engine just made.</summary>
    public static EngineHarness Fresh(UpdatePosition? position, params ChannelPosition[] channels) => new(position, channels);

    public void Receive(IUpdates updates) => Engine.Receive(updates, Now);

    public UpdateRequest? Request() => Engine.TakeRequest(Now);

    public void Advance(TimeSpan by)
    {
        Now += by;
        Engine.Tick(Now);
    }

    public UpdateRequest.Difference ExpectDifference()
    {
        var request = Request();
        Assert.That(request, Is.TypeOf<UpdateRequest.Difference>());
        return (UpdateRequest.Difference)request!;
    }

    public UpdateRequest.ChannelDifference ExpectChannelDifference()
    {
        var request = Request();
        Assert.That(request, Is.TypeOf<UpdateRequest.ChannelDifference>());
        return (UpdateRequest.ChannelDifference)request!;
    }

    public void Answer(IUpdatesDifference difference) => Engine.OnDifference(difference, Now);

    public void Answer(long channelId, IUpdatesChannelDifference difference) => Engine.OnChannelDifference(channelId, difference, Now);

    /// <summary>Nothing was missed.</summary>
    public void AnswerEmpty()
    {
        ExpectDifference();
        Answer(new UpdatesDifferenceEmpty { Date = Position.Date, Seq = Position.Seq });
    }

    public void Fail(UpdateRequest request, Exception error) => Engine.OnFailed(request, error, Now);

    private static int IdOf(IUpdate update) => update switch
    {
        UpdateNewMessage { Message: Message message } => message.Id,
        UpdateNewChannelMessage { Message: Message message } => message.Id,
        _ => 0,
    };
}
