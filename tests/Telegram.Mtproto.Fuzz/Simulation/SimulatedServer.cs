using System.Buffers;
using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>A server of one key: its sessions, each on the connection it was last heard of, and the application behind them.</summary>
internal sealed class SimulatedServer(World world, Ledger ledger, Pushes pushes, AuthKey key) : IDisposable
{
    private static readonly ServerSessionOptions Options = new() { LargeAnswerBytes = 600, CompressAbove = 128 };
    private readonly Dictionary<long, ServedSession> _sessions = [];
    private readonly List<byte[]> _sent = [];
    private readonly ArrayBufferWriter<byte> _output = new();

    public ServerSalts Salts { get; } = new(1, world.Now, world.Random);

    public DateTimeOffset Deadline => Connected().Select(session => session.Protocol.NextDeadline).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    public ServerSession? Find(long sessionId) => _sessions.GetValueOrDefault(sessionId)?.Protocol;

    public void Receive(Link link, byte[] payload, bool quickAck)
    {
        if (EncryptedMessage.TryOpen(payload, key, MessageDirection.ClientToServer, out var message) != RejectReason.None)
        {
            InvariantException.Demand(link.IsDamaged, "a client's payload is authentic");
            link.Break();
            return;
        }

        if (quickAck)
        {
            link.SendQuickAck(message.QuickAckToken);
        }

        var session = Open(message.Header.SessionId);
        session.Attach(link, isNew: session.Link is not { IsOpenAtServer: true });
        var outcome = session.Protocol.Receive(in message, world.Now, session);
        session.Attach(link, isNew: outcome.Status == ReceiveStatus.Accepted && session.Link != link);
        InvariantException.Demand(outcome.Reason is RejectReason.None or RejectReason.Refused, $"a client's payload is not taken for {outcome.Reason}");
        InvariantException.Demand(
            session.Protocol.UnacknowledgedMessages <= Options.MaxUnacknowledged + 64, "what is kept for a client has a bound");
    }

    public void Act()
    {
        foreach (var session in Connected())
        {
            while (session.Protocol.Flush(_output, world.Now))
            {
                var payload = _output.WrittenSpan.ToArray();
                _output.ResetWrittenCount();
                world.Totals.Payloads++;
                if (!world.Happens(world.Schedule.Loss))
                {
                    _sent.Add(payload);
                    session.Link!.SendFromServer(payload);
                }
            }

            if (session.Protocol.DisconnectAt <= world.Now)
            {
                session.Link!.Break();
                session.Link = null;
            }
        }
    }

    /// <summary>Somebody in between sends an old payload to the client once more.</summary>
    public void ReplayOne()
    {
        if (Connected().FirstOrDefault() is { } session && _sent.Count > 0)
        {
            world.Totals.Replays++;
            session.Link!.SendFromServer(_sent[world.Random.Next(_sent.Count)]);
        }
    }

    public void Push(long sessionId)
    {
        if (Find(sessionId) is { } session)
        {
            pushes.Send(session, 4 * world.Random.Next(300));
        }
    }

    public void ForgetSessions()
    {
        world.Totals.SessionsForgotten += _sessions.Count;
        Dispose();
        _sessions.Clear();
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private void CountRefusal() => world.Totals.Refusals++;

    private List<ServedSession> Connected() => [.. _sessions.Values.Where(session => session.Link is { IsOpenAtServer: true })];

    private ServedSession Open(long sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            session = new ServedSession(this, new ServerSession(key, sessionId, Salts, Options, world.Random));
            _sessions.Add(sessionId, session);
        }

        return session;
    }

    private void Begin(ServedSession session, long messageId, byte[] body)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(body) != InvokeAfterMsg.Id)
        {
            Execute(session, messageId, body);
            return;
        }

        var after = BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(4));
        switch (session.Protocol.GetRequestState(after))
        {
            case RequestState.Answered when !session.FailedToWait.Contains(after):
                Execute(session, messageId, Unpack(body[12..]));
                break;
            case RequestState.Running:
                world.After(100, () => session.IfAlive(() => Begin(session, messageId, body)));
                break;
            default:
                session.FailedToWait.Add(messageId);
                session.Protocol.SendError(messageId, 400, "MSG_WAIT_FAILED");
                break;
        }
    }

    /// <summary>What is wrapped may be packed by itself.</summary>
    private static byte[] Unpack(byte[] body)
    {
        var reader = new TlReader(body);
        return reader.ReadUInt32() == GzipPacked.Id ? TlGzip.Inflate(reader.ReadBytes(), 1 << 20) : body;
    }

    private void Execute(ServedSession session, long messageId, byte[] body)
    {
        var number = ledger.Execute(body);
        if (world.Random.Next(4) == 0)
        {
            Answer(session, messageId, number);
        }
        else
        {
            world.After(world.Random.Next(5000), () => session.IfAlive(() => Answer(session, messageId, number)));
        }
    }

    private static void Answer(ServedSession session, long messageId, int number)
    {
        var isSent = Ledger.IsErroneous(number)
            ? session.Protocol.SendError(messageId, 400, Ledger.ErrorOf(number))
            : session.Protocol.SendResult(messageId, Ledger.ResultOf(number));
        InvariantException.Demand(isSent || session.Dropped.Contains(messageId), "a running request takes its answer");
        InvariantException.Demand(!session.Protocol.SendError(messageId, 400, "TWICE"), "a request takes one answer");
    }

    private sealed class ServedSession(SimulatedServer server, ServerSession protocol) : IServerSessionHandler, IDisposable
    {
        private readonly HashSet<long> _requests = [];
        private bool _isForgotten;
        private bool _wasConnected;

        public ServerSession Protocol { get; } = protocol;

        public HashSet<long> Dropped { get; } = [];

        public HashSet<long> FailedToWait { get; } = [];

        public Link? Link { get; set; }

        public void Attach(Link link, bool isNew)
        {
            if (isNew)
            {
                Link = link;
                if (_wasConnected)
                {
                    Protocol.Reconnected();
                }

                _wasConnected = true;
            }
        }

        public void IfAlive(Action action)
        {
            if (!_isForgotten)
            {
                action();
            }
        }

        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body)
        {
            InvariantException.Demand(_requests.Add(messageId), "a session carries out a message once");
            server.Begin(this, messageId, body.ToArray());
        }

        public void OnRequestDropped(long messageId) =>
            InvariantException.Demand(_requests.Contains(messageId) && Dropped.Add(messageId), "only running requests are dropped, once");

        public bool OnDestroySession(long sessionId) => false;

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Failed;

        public void OnMessageRefused(int errorCode) => server.CountRefusal();

        public void Dispose()
        {
            _isForgotten = true;
            Protocol.Dispose();
        }
    }
}
