namespace Telegram.Sandbox.World;

/// <summary>
/// Customers answer what they are sent, a little later: they read it, then they write. Who still owes an answer is part of the world,
/// so that a restart forgets nobody.
/// </summary>
internal sealed partial class Answering : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly WorldEngine _engine;
    private readonly TimeProvider _time;
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<StoredMessage, (long Due, long Number)> _due = new();
    private readonly ITimer _timer;
    private bool _running;

    public Answering(WorldEngine engine, TimeProvider time, TimeSpan shortest, TimeSpan longest, ILogger logger)
    {
        _engine = engine;
        _time = time;
        _shortest = shortest;
        _longest = longest > shortest ? longest : shortest;
        _logger = logger;
        _timer = time.CreateTimer(_ => AnswerDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start()
    {
        lock (_gate)
        {
            _running = true;
        }

        foreach (var message in _engine.Read(state => state.Messages.Unanswered.Values.ToArray()))
        {
            Expect(message);
        }
    }

    /// <summary>Plans the answer to a message, where its receiver is somebody who answers.</summary>
    public void Expect(StoredMessage message) =>
        Enqueue(message, _shortest + ((_longest - _shortest) * (Mix.Pick(1000, message.Number) / 1000.0)));

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _running = false;
            _due.Clear();
        }

        // An answer under way still needs the world.
        await _timer.DisposeAsync();
    }

    private void Enqueue(StoredMessage message, TimeSpan delay)
    {
        lock (_gate)
        {
            if (_running)
            {
                var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
                _due.Enqueue(message, (due, message.Number));
                Arm();
            }
        }
    }

    private void AnswerDue()
    {
        while (TakeDue() is { } message)
        {
            try
            {
                Answer(message);
            }
            catch (IOException exception)
            {
                // The disk may have room again in a while.
                LogUnwritten(exception);
                Enqueue(message, Retry);
            }
        }
    }

    private StoredMessage? TakeDue()
    {
        lock (_gate)
        {
            if (_running && _due.TryPeek(out _, out var next) && next.Due <= _time.GetTimestamp())
            {
                return _due.Dequeue();
            }

            Arm();
            return null;
        }
    }

    private void Arm()
    {
        if (_running && _due.TryPeek(out _, out var next))
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), next.Due);
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A customer's answer could not be written down")]
    private partial void LogUnwritten(Exception exception);

    private void Answer(StoredMessage message) => _engine.Change(sessionId: null, change =>
    {
        if (!change.State.Messages.Unanswered.ContainsKey(message.Number))
        {
            return false;
        }

        var copy = message.Copies[0];
        var speech = change.State.People.Find(copy.Dialog.Id)?.Speech ?? Speech.English;
        var text = Phrases.Pick(speech, toCustomer: false, Mix.Of(copy.Dialog.Id, message.Number));
        change.Commit(new HistoryRead(copy.Dialog.Id, copy.Owner.Marked, copy.Id, change.Now));
        change.Commit(new MessageSent(copy.Dialog.Id, copy.Owner.Marked, change.Now, text) { Answers = message.Number });
        return true;
    });
}
