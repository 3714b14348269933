using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>
/// A client and a server over a network that follows a schedule of faults, in simulated time: real sessions, encryption, transports and
/// obfuscation, and nothing else. Everything follows from the seed.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int Occasions = 30;
    private const long MaxSteps = 200_000;
    private const long MaxPayloads = 50_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private readonly World _world;
    private readonly AuthKey _key;
    private readonly Ledger _ledger;
    private readonly Pushes _pushes;
    private readonly SimulatedClient _client;
    private readonly SimulatedServer _server;

    private SimulatedRun(int seed, Schedule? schedule)
    {
        var random = SeededRandom.For(seed, "schedule", 0);
        var mixture = Schedule.Of(random);
        _world = new World(random, schedule ?? mixture);
        _key = new AuthKey(random.Bytes(AuthKey.Size));
        _ledger = new Ledger(_world.Totals);
        _pushes = new Pushes(_world.Totals);
        _server = new SimulatedServer(_world, _ledger, _pushes, _key);
        _client = new SimulatedClient(_world, _ledger, _pushes, _key) { Server = _server };
    }

    /// <summary>Runs one schedule to its end.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="schedule">What goes wrong; null for what the seed says.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="InvariantException">What never may.</exception>
    public static Totals Run(int seed, Schedule? schedule = null)
    {
        using var run = new SimulatedRun(seed, schedule);
        run.Run();
        return run._world.Totals;
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _key.Dispose();
    }

    private void Run()
    {
        var start = _world.Now;
        for (var i = 0; i < Occasions; i++)
        {
            Sometime(_client.Enqueue);
            Sometime(() => _server.Push(_client.Session.SessionId));
            Sometime(MeetMisfortune);
            Sometime(_client.CallService);
        }

        // Two losses need a new connection to be made good: a payload's on a connection that stays, which no network does, and that of an
        // acknowledgement on one of several connections, of which the server sees only that another one goes on.
        _world.At(_world.TroubleEnds, _world.Schedule.Loss > 0 || _world.Schedule.Links > 1 ? _client.BreakAll : static () => { });
        var settled = DateTimeOffset.MaxValue;
        for (var steps = 0L; _world.Now < settled; steps++)
        {
            InvariantException.Demand(steps < MaxSteps && _world.Totals.Payloads < MaxPayloads, "what is sent has a bound");
            InvariantException.Demand(_world.Now < _world.TroubleEnds + Patience, $"all is answered when the network is fair ({_ledger.Open} are not)");
            Step();
            InvariantException.Demand(_client.Session.PendingRequests == _ledger.Open, "the session waits for what is not answered");
            settled = _world.IsInTrouble || _ledger.Open > 0 ? DateTimeOffset.MaxValue : settled == DateTimeOffset.MaxValue ? _world.Now + Settling : settled;
        }

        _world.Totals.SimulatedMinutes = (_world.Now - start).TotalMinutes;
        _world.Totals.Schedules = 1;
        CheckEnd();
    }

    private void Sometime(Action action) => _world.After(_world.Random.Next((int)(_world.TroubleEnds - _world.Now).TotalMilliseconds), action);

    private void Step()
    {
        _client.Act();
        _server.Act();
        var deadline = _client.Deadline < _server.Deadline ? _client.Deadline : _server.Deadline;
        if (_world.NextEvent <= deadline)
        {
            _world.RunNext();
        }
        else
        {
            // A deadline already reached that nothing was sent for is that of a dead connection.
            _world.Now = deadline > _world.Now ? deadline : _world.Now.AddMilliseconds(1);
        }
    }

    private void MeetMisfortune()
    {
        var schedule = _world.Schedule;
        if (_world.Happens(schedule.Forget))
        {
            _server.ForgetSessions();
            _client.BreakAll();
        }

        if (_world.Happens(schedule.NewSalt))
        {
            _world.Totals.SaltChanges++;
            _server.Salts.Rotate(_world.Now);
        }

        if (_world.Happens(schedule.ClockJump))
        {
            _world.Totals.ClockJumps++;
            _client.ClockShift = TimeSpan.FromSeconds(_world.Random.Next(7200) - 3600);
        }

        if (_world.Happens(schedule.Break))
        {
            _client.BreakOne();
        }

        for (var i = 0; i < 3; i++)
        {
            if (_world.Happens(schedule.Replay))
            {
                _client.ReplayOne();
                _server.ReplayOne();
            }
        }
    }

    private void CheckEnd()
    {
        // An answer to the last event may still be queued, which no acknowledgement is owed for.
        _server.Act();
        _ledger.CheckEnd(_world.Schedule.IsExactlyOnce);
        var living = _server.Find(_client.Session.SessionId);
        _pushes.CheckEnd(living);
        InvariantException.Demand(living is { UnacknowledgedMessages: 0 }, $"all is acknowledged ({living?.UnacknowledgedMessages} messages are not)");
    }
}
