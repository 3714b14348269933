using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>A caller with its session and connections, which it replaces when they break or fall silent.</summary>
internal sealed class SimulatedClient : IClientSessionHandler, IDisposable
{
    private const int LongestOffline = 3000;
    private const int ReplyChance = 60;
    private readonly World _world;
    private readonly Ledger _ledger;
    private readonly Pushes _pushes;
    private readonly List<Link> _links = [];
    private readonly List<byte[]> _sent = [];
    private readonly HashSet<uint> _tokens = [];
    private readonly ArrayBufferWriter<byte> _output = new();
    private DateTimeOffset _connectAt;
    private bool _wasConnected;

    public SimulatedClient(World world, Ledger ledger, Pushes pushes, AuthKey key)
    {
        (_world, _ledger, _pushes) = (world, ledger, pushes);
        var options = new ClientSessionOptions { CompressAbove = 64, AckBatch = 1 + world.Random.Next(32) };
        Session = new ClientSession(key, options, world.Random, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
    }

    public ClientSession Session { get; }

    public SimulatedServer? Server { get; set; }

    /// <summary>The client's clock minus the true one.</summary>
    public TimeSpan ClockShift { get; set; }

    /// <summary>When something must be done without an event.</summary>
    public DateTimeOffset Deadline
    {
        get
        {
            var own = _links.Count < _world.Schedule.Links ? _connectAt : DateTimeOffset.MaxValue;
            var session = Session.NextDeadline;
            var local = session == DateTimeOffset.MinValue || session == DateTimeOffset.MaxValue ? session : session - ClockShift;
            return _links.Count > 0 && local < own ? local : own;
        }
    }

    private DateTimeOffset LocalTime => _world.Now + ClockShift;

    public void Enqueue()
    {
        var after = _world.Happens(_world.Schedule.After) ? 1 + _world.Random.Next(_ledger.Count + 1) : 0;
        after = _ledger.Count >= after && _ledger.IsOpen(after) ? after : 0;
        var body = _ledger.Make(after);
        _ledger.Enqueued(Session.Enqueue(body, after == 0 ? 0 : _ledger.RequestIdOf(after)));
        if (_world.Happens(_world.Schedule.Cancel))
        {
            _world.After(_world.Random.Next(3000), CancelAny);
        }
    }

    /// <summary>Cancels a request, which may have been answered long ago.</summary>
    public void CancelAny()
    {
        if (_ledger.Count == 0)
        {
            return;
        }

        var number = 1 + _world.Random.Next(_ledger.Count);
        var isOpen = _ledger.IsOpen(number);
        InvariantException.Demand(Session.Cancel(_ledger.RequestIdOf(number)) == isOpen, "what is open can be cancelled, and nothing else");
        if (isOpen)
        {
            _ledger.Cancelled(number);
        }
    }

    /// <summary>What a caller may ask for at any time besides requests.</summary>
    public void CallService()
    {
        switch (_world.Random.Next(3))
        {
            case 0:
                Session.Ping();
                break;
            case 1:
                Session.RequestFutureSalts();
                break;
            default:
                Session.DestroySession((long)_world.Random.NextUInt64());
                break;
        }
    }

    /// <summary>Replaces connections that broke, closes those that fell silent, and sends what is due.</summary>
    public void Act()
    {
        if (_links.Count > 0 && Session.IsUnresponsive(LocalTime))
        {
            BreakAll();
        }

        if (_links.RemoveAll(link => !link.IsOpenAtClient) > 0)
        {
            _connectAt = _world.Now.AddMilliseconds(_world.IsInTrouble ? _world.Random.Next(LongestOffline) : 0);
        }

        while (_links.Count < _world.Schedule.Links && _connectAt <= _world.Now)
        {
            Connect();
        }

        while (_links.Count > 0 && Session.Flush(_output, LocalTime, out var token))
        {
            var payload = _output.WrittenSpan.ToArray();
            _output.ResetWrittenCount();
            Send(payload, token);
        }
    }

    public void BreakAll() => _links.ForEach(link => link.Break());

    public void BreakOne()
    {
        if (_links.Count > 0)
        {
            _links[_world.Random.Next(_links.Count)].Break();
        }
    }

    /// <summary>Somebody in between sends an old payload to the server once more.</summary>
    public void ReplayOne()
    {
        if (_links.Find(link => link.IsOpenAtClient) is { } link && _sent.Count > 0)
        {
            _world.Totals.Replays++;
            link.SendFromClient(_sent[_world.Random.Next(_sent.Count)], requestQuickAck: false);
        }
    }

    public void Receive(Link link, byte[] payload, in TransportFrame frame)
    {
        switch (frame.Kind)
        {
            case TransportFrameKind.QuickAck:
                InvariantException.Demand(link.IsDamaged || _tokens.Contains(frame.QuickAckToken), "a quick acknowledgement is of a payload of ours");
                _world.Totals.QuickAcks++;
                Session.ReceiveQuickAck(frame.QuickAckToken, this);
                return;
            case TransportFrameKind.Error:
                InvariantException.Demand(link.IsDamaged, "the server has no errors to send");
                link.Break();
                return;
            default:
                break;
        }

        var outcome = Session.Receive(payload, LocalTime, this);
        var isHonest = outcome.Reason is RejectReason.None or RejectReason.TooOld or RejectReason.WrongSession;
        InvariantException.Demand(isHonest || link.IsDamaged, $"a server's payload is not taken for {outcome.Reason}");
        if (outcome.MustClose)
        {
            link.Break();
        }
    }

    public void OnResult(long requestId, ReadOnlySpan<byte> result)
    {
        _ledger.Answered(requestId, result);
        Reply();
    }

    public void OnRpcError(long requestId, int code, string message)
    {
        _ledger.Answered(requestId, code, message);
        Reply();
    }

    public void OnRequestFailed(long requestId, RequestFailure reason) => _ledger.Failed(requestId);

    public void OnUpdate(ReadOnlySpan<byte> update) => _pushes.Delivered(update);

    public void OnNewSession(long firstMessageId, long uniqueId) => Reply();

    public void OnAcknowledged(long requestId) => _ledger.Acknowledged(requestId);

    public void OnQuickAcknowledged(long requestId) => _ledger.Acknowledged(requestId);

    public void OnSessionReset(long sessionId) => _world.Totals.SessionResets++;

    public void Dispose() => Session.Dispose();

    /// <summary>A caller acts while the session is receiving.</summary>
    private void Reply()
    {
        if (_world.Happens(ReplyChance))
        {
            Enqueue();
        }

        if (_world.Happens(_world.Schedule.Cancel / 4))
        {
            CancelAny();
        }
    }

    private void Connect()
    {
        _links.Add(new Link(_world, this, Server!));
        _world.Totals.Connections++;
        if (_wasConnected)
        {
            Session.Reconnected();
        }

        _wasConnected |= _links.Count == _world.Schedule.Links;
    }

    private void Send(byte[] payload, uint token)
    {
        _world.Totals.Payloads++;
        if (_world.Happens(_world.Schedule.Loss))
        {
            return;
        }

        // Only what was on the wire can be seen and repeated.
        _sent.Add(payload);

        var link = _links[_world.Random.Next(_links.Count)];
        var isAcknowledged = link.SupportsQuickAck && _world.Happens(_world.Schedule.QuickAck);
        if (isAcknowledged)
        {
            _tokens.Add(token);
        }

        link.SendFromClient(payload, isAcknowledged);
    }
}
