namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>The simulated time, what will happen in it, and the one source of chance.</summary>
internal sealed class World(SeededRandom random, Schedule schedule)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (DateTimeOffset Time, int Order)> _events = new();
    private int _order;

    public SeededRandom Random { get; } = random;

    public Schedule Schedule { get; } = schedule;

    public Totals Totals { get; } = new();

    /// <summary>The true time, which is the server's.</summary>
    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>Until when things go wrong.</summary>
    public DateTimeOffset TroubleEnds { get; } = Start + TimeSpan.FromMinutes(3);

    public bool IsInTrouble => Now < TroubleEnds;

    public DateTimeOffset NextEvent => _events.TryPeek(out _, out var next) ? next.Time : DateTimeOffset.MaxValue;

    /// <summary>Whether a misfortune of the schedule happens now.</summary>
    public bool Happens(int perThousand) => IsInTrouble && Random.Happens(perThousand);

    public void At(DateTimeOffset time, Action action) => _events.Enqueue(action, (time, _order++));

    public void After(int milliseconds, Action action) => At(Now.AddMilliseconds(milliseconds), action);

    public void RunNext()
    {
        _events.TryDequeue(out var action, out var at);
        Now = at.Time > Now ? at.Time : Now;
        action?.Invoke();
    }
}
