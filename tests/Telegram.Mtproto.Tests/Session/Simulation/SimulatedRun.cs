using System.Buffers.Binary;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Simulation;

/// <summary>
/// A client and a server over a network that follows a schedule of faults, in simulated time. Every request carries its own number, which
/// its answer repeats.
/// </summary>
internal sealed class SimulatedRun(int seed, Schedule schedule) : IDisposable
{
    private const int RequestCount = 30;
    private static readonly TimeSpan Trouble = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private readonly SeededRandomSource _random = new(seed);
    private readonly SessionPair _pair = new(seed, new ClientSessionOptions { CompressAbove = 64 }, new ServerSessionOptions { LargeAnswerBytes = 600 });
    private readonly PriorityQueue<Action, (DateTimeOffset Time, int Order)> _events = new();
    private readonly Dictionary<int, int> _executed = [];
    private readonly List<int> _cancelled = [];
    private DateTimeOffset _end;
    private int _order;
    private int _connection;
    private int _handled;
    private int _updates;

    public void Run()
    {
        var start = _pair.Now;
        _end = start + Trouble;
        for (var i = 1; i <= RequestCount; i++)
        {
            var number = i;
            At(start + (Trouble * _random.Next(1000) / 1000), () => Enqueue(number));
            At(start + (Trouble * _random.Next(1000) / 1000), PushUpdate);
            At(start + (Trouble * _random.Next(1000) / 1000), Misfortune);
        }

        // Whatever was lost on a connection that stayed is made good by the next one.
        At(_end, Reconnect);
        At(_end + TimeSpan.FromSeconds(1), Reconnect);
        while (_pair.Now < _end + Patience && (_pair.Now < _end || _pair.Client.PendingRequests > 0 || _events.Count > 0))
        {
            Step();
        }

        Check();
    }

    public void Dispose() => _pair.Dispose();

    private bool IsInTrouble => _pair.Now < _end;

    private bool Happens(int chance) => IsInTrouble && _random.Next(1000) < chance;

    private void At(DateTimeOffset time, Action action) => _events.Enqueue(action, (time, _order++));

    private void Step()
    {
        Flush();
        var deadline = _pair.Client.NextDeadline - _pair.ClientClock;
        foreach (var server in _pair.ConnectedServers())
        {
            deadline = server.NextDeadline < deadline ? server.NextDeadline : deadline;
        }

        if (_events.TryPeek(out _, out var next) && next.Time <= deadline)
        {
            _pair.Now = next.Time > _pair.Now ? next.Time : _pair.Now;
            _events.Dequeue()();
        }
        else
        {
            // A deadline already reached that nothing was sent for is that of a dead connection.
            _pair.Now = deadline > _pair.Now ? deadline : _pair.Now.AddMilliseconds(1);
        }

        if (_pair.Client.IsUnresponsive(_pair.Now + _pair.ClientClock) || _pair.ConnectedServers().Exists(server => server.DisconnectAt <= _pair.Now))
        {
            Reconnect();
        }
    }

    private void Flush()
    {
        _pair.FlushClient().ForEach(payload => Send(payload, toServer: true));
        _pair.FlushServer().ForEach(payload => Send(payload, toServer: false));
    }

    private void Send(byte[] payload, bool toServer)
    {
        if (Happens(schedule.Loss))
        {
            return;
        }

        var isDamaged = Happens(schedule.Damage);
        if (isDamaged)
        {
            payload[_random.Next(payload.Length)] ^= 0x40;
        }

        var copies = Happens(schedule.Repeat) ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var delay = TimeSpan.FromMilliseconds(50 + (Happens(schedule.Reorder) ? _random.Next(4000) : 0));
            var connection = _connection;
            At(_pair.Now + delay, () => Deliver(payload, toServer, connection, isDamaged));
        }
    }

    private void Deliver(byte[] payload, bool toServer, int connection, bool isDamaged)
    {
        if (connection != _connection)
        {
            return;
        }

        if (isDamaged)
        {
            if (!toServer)
            {
                Assert.That(_pair.DeliverToClient(payload).MustClose, Is.True);
            }

            Reconnect();
            return;
        }

        var outcome = toServer ? _pair.DeliverToServer(payload) : _pair.DeliverToClient(payload);
        Assert.That(outcome.Reason, Is.AnyOf(RejectReason.None, RejectReason.Refused, RejectReason.TooOld, RejectReason.WrongSession));
        if (outcome.MustClose)
        {
            Reconnect();
        }

        Handle();
    }

    /// <summary>Has the server answer each new request after a while.</summary>
    private void Handle()
    {
        for (; _handled < _pair.ServerHandler.Requests.Count; _handled++)
        {
            var messageId = _pair.ServerHandler.Requests[_handled];
            var line = _pair.ServerHandler.Events.Where(text => text.StartsWith("request", StringComparison.Ordinal)).ElementAt(_handled);
            var body = Hex.Bytes(line.Split(' ')[2]);
            var number = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(4));
            _executed[number] = _executed.GetValueOrDefault(number) + 1;
            var sessions = _pair.Servers.Values.ToList();
            At(_pair.Now + TimeSpan.FromMilliseconds(_random.Next(5000)), () => sessions.ForEach(session => Answer(session, messageId, number)));
        }
    }

    private static void Answer(ServerSession session, long messageId, int number)
    {
        if (number % 7 == 0)
        {
            session.SendError(messageId, 400, $"NUMBER_{number}");
        }
        else
        {
            session.SendResult(messageId, [.. Hex.Bytes("b5757299"), .. Hex.Bytes(Hex.Of(number)), .. new SeededRandomSource(number).Bytes(number * 40)]);
        }
    }

    private void Enqueue(int number)
    {
        _pair.Client.Enqueue([1, 0, 0, 0, .. Hex.Bytes(Hex.Of(number)), .. new byte[number * 8]]);
        if (Happens(schedule.Cancel))
        {
            At(_pair.Now + TimeSpan.FromMilliseconds(_random.Next(3000)), () => Cancel(_random.Next(RequestCount) + 1));
        }
    }

    private void Cancel(int requestId)
    {
        if (_pair.Client.Cancel(requestId))
        {
            _cancelled.Add(requestId);
        }
    }

    private void PushUpdate()
    {
        if (_pair.Servers.TryGetValue(_pair.Client.SessionId, out var server))
        {
            server.SendUpdate(Hex.Bytes("e317af7e" + Hex.Of(++_updates)));
        }
    }

    private void Misfortune()
    {
        if (Happens(schedule.Forget * 10))
        {
            _pair.Servers.Clear();
            Reconnect();
        }

        if (Happens(schedule.NewSalt * 10))
        {
            _pair.Salts.Rotate(_pair.Now);
        }

        if (Happens(schedule.ClockJump * 10))
        {
            _pair.ClientClock = TimeSpan.FromSeconds(_random.Next(7200) - 3600);
        }

        if (Happens(schedule.Break * 10))
        {
            Reconnect();
        }
    }

    private void Reconnect()
    {
        _connection++;
        _pair.Reconnect();
    }

    private void Check()
    {
        var lines = _pair.ClientHandler.Events;
        var ends = lines.Where(line => line.StartsWith("result", StringComparison.Ordinal) || line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("failed", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split(' ')[1])).ToList();
        Assert.That(_pair.Client.PendingRequests, Is.Zero, "all requests are answered");
        Assert.That(ends, Is.Unique, "no request is answered twice");
        Assert.That(ends.Union(_cancelled), Has.Exactly(RequestCount).Items, "each is answered or cancelled");
        Assert.That(ends.Intersect(_cancelled), Is.Empty, "what is cancelled is not answered");
        Assert.That(lines, Has.None.StartsWith("failed"));

        var updates = lines.FindAll(line => line.StartsWith("update", StringComparison.Ordinal));
        Assert.That(updates, Is.Unique, "no update comes twice");
        if (schedule.IsExactlyOnce)
        {
            Assert.That(updates, Has.Count.EqualTo(_updates), "no update is lost");
            Assert.That(_executed.Values, Is.All.EqualTo(1), "no request is carried out twice");
        }

        CheckAnswers(lines);
    }

    /// <summary>Each answer belongs to its request: the n-th enqueued carries the number its answer repeats.</summary>
    private static void CheckAnswers(List<string> lines)
    {
        var numbers = new HashSet<int>();
        foreach (var words in lines.Select(line => line.Split(' ')))
        {
            if (words[0] == "result")
            {
                var number = BinaryPrimitives.ReadInt32LittleEndian(Hex.Bytes(words[2]).AsSpan(4));
                Assert.That(numbers.Add(number), Is.True);
                Assert.That(words[2], Is.EqualTo("b5757299" + Hex.Of(number) + Hex.Of(new SeededRandomSource(number).Bytes(number * 40))));
            }
        }
    }
}
