using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>What a message costs in memory once a session runs, and what an idle session does.</summary>
[TestFixture]
internal sealed class AllocationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Exchange_WhenRunningSteadily_AllocatesNothing()
    {
        using var loop = new Loop();
        for (var i = 0; i < 3000; i++)
        {
            loop.Turn();
        }

        Assert.That(Allocations.Of(loop.Turn), Is.Zero);
        Assert.That(loop.Answers, Is.EqualTo(3 * loop.Turns));
        Assert.That(loop.Updates, Is.EqualTo(loop.Turns));
    }

    /// <summary>Framing, obfuscation, encryption and both sessions, there and back: containers, acknowledgements and quick ones.</summary>
    [Test]
    public void Exchange_WhenRunningSteadilyOverATransport_AllocatesNothing([Values] TransportKind kind, [Values] bool isObfuscated)
    {
        if (kind == TransportKind.Full && isObfuscated)
        {
            Assert.Ignore("The full transport cannot be obfuscated.");
        }

        using var wire = new Wire(kind, isObfuscated);
        using var loop = new Loop(wire);
        for (var i = 0; i < 800; i++)
        {
            loop.Turn();
        }

        Assert.That(Allocations.Of(loop.Turn), Is.Zero);
        Assert.That(loop.Answers, Is.EqualTo(3 * loop.Turns));
        Assert.That(loop.Updates, Is.EqualTo(loop.Turns));
        Assert.That(loop.QuickAcks, wire.SupportsQuickAck ? Is.EqualTo(3 * loop.Turns) : Is.Zero);
    }

    [Test]
    public void ClientSession_WhenIdle_TakesLessThanFourKibibytes()
    {
        // The least of a few measurements: what the runner itself allocates meanwhile is no session's.
        var perSession = Enumerable.Range(0, 3).Min(_ => MeasureIdleSessions(100));
        TestContext.Out.WriteLine($"{perSession} bytes for an idle session");
        Assert.That(perSession, Is.LessThan(4096));
    }

    private static long MeasureIdleSessions(int count)
    {
        var key = new AuthKey(new SeededRandomSource(1).Bytes(AuthKey.Size));
        var sessions = new ClientSession[count];
        var output = new ArrayBufferWriter<byte>(4096);
        var random = new SeededRandomSource(2);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            sessions[i] = new ClientSession(key, ClientSessionOptions.Default, random);
            BecomeIdle(sessions[i], key, output);
        }

        var perSession = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        GC.KeepAlive(sessions);
        return perSession;
    }

    /// <summary>Pings and gets updates for some hours.</summary>
    private static void BecomeIdle(ClientSession session, AuthKey key, ArrayBufferWriter<byte> output)
    {
        var handler = new CountingClient();
        for (var minute = 0; minute < 240; minute++)
        {
            var now = Start.AddMinutes(minute);
            output.ResetWrittenCount();
            while (session.Flush(output, now))
            {
                output.ResetWrittenCount();
            }

            var header = new MessageHeader(1, session.SessionId, (now.ToUnixTimeSeconds() << 32) | 3, (2 * minute) + 1);
            session.Receive(RawMessage.Seal(key, MessageDirection.ServerToClient, in header, Hex.Bytes("e317af7e")), now, handler);
        }
    }

    /// <summary>Both sides in one turn: three requests, their answers, an update, all acknowledged.</summary>
    private sealed class Loop(Wire? wire = null) : IDisposable, IServerSessionHandler
    {
        private static readonly byte[] Request = Hex.Bytes("0100000002000000");
        private static readonly byte[] Answer = new byte[600];
        private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
        private readonly long[] _held = new long[8];
        private readonly byte[] _payload = new byte[64 * 1024];
        private readonly AuthKey _key = new(new SeededRandomSource(1).Bytes(AuthKey.Size));
        private readonly SeededRandomSource _random = new(3);
        private readonly CountingClient _handler = new();
        private ClientSession? _client;
        private ServerSession? _server;
        private DateTimeOffset _now = Start;
        private int _heldCount;

        public int Turns { get; private set; }

        public int Answers => _handler.Answers;

        public int Updates => _handler.Updates;

        public int QuickAcks => _handler.QuickAcks;

        public void Turn()
        {
            _client ??= new ClientSession(_key, ClientSessionOptions.Default, _random, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
            _server ??= new ServerSession(_key, _client.SessionId, new ServerSalts(1, Start, _random), ServerSessionOptions.Default, _random);
            Turns++;
            _now += TimeSpan.FromMilliseconds(100);
            for (var i = 0; i < 3; i++)
            {
                _client.Enqueue(Request);
            }

            while (_client.Flush(_output, _now))
            {
                EncryptedMessage.TryOpen(Take(toServer: true), _key, MessageDirection.ClientToServer, out var message);
                _server.Receive(in message, _now, this);
                if (wire is { SupportsQuickAck: true })
                {
                    _client.ReceiveQuickAck(wire.CarryQuickAck(message.QuickAckToken), _handler);
                }
            }

            // After the quick acknowledgement, which is only of what is not answered.
            while (_heldCount > 0)
            {
                _server.SendResult(_held[--_heldCount], Answer);
            }

            _server.SendUpdate(Request);
            while (_server.Flush(_output, _now))
            {
                _client.Receive(Take(toServer: false), _now, _handler);
            }
        }

        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body) => _held[_heldCount++] = messageId;

        public void OnRequestDropped(long messageId) => Assert.Fail("nothing is dropped");

        public bool OnDestroySession(long sessionId) => false;

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Failed;

        public void OnMessageRefused(int errorCode) => Assert.Fail($"refused {errorCode}");

        public void Dispose()
        {
            _client?.Dispose();
            _server?.Dispose();
            _key.Dispose();
        }

        private Span<byte> Take(bool toServer)
        {
            var payload = _payload.AsSpan(0, wire?.Carry(_output.WrittenSpan, toServer, _payload) ?? _output.WrittenCount);
            if (wire is null)
            {
                _output.WrittenSpan.CopyTo(payload);
            }

            _output.ResetWrittenCount();
            return payload;
        }
    }

    /// <summary>Both ends of a connection, joined without anything between.</summary>
    private sealed class Wire : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _frame = new(64 * 1024);
        private readonly byte[] _bytes = new byte[64 * 1024];
        private readonly TransportCodec _client;
        private readonly TransportCodec _server;
        private readonly TransportObfuscation? _clientStream;
        private readonly TransportObfuscation? _serverStream;

        public Wire(TransportKind kind, bool isObfuscated)
        {
            var random = new SeededRandomSource(5);
            (_client, _server) = (TransportCodec.Create(kind, TransportSide.Client, random), TransportCodec.Create(kind, TransportSide.Server, random));
            if (isObfuscated)
            {
                var header = new byte[TransportObfuscation.HeaderLength];
                _clientStream = TransportObfuscation.CreateClient(kind, 2, random, header);
                Assert.That(TransportObfuscation.TryAccept(header, out _serverStream), Is.True);
            }
        }

        public bool SupportsQuickAck => _client.SupportsQuickAck;

        public int Carry(ReadOnlySpan<byte> payload, bool toServer, Span<byte> destination)
        {
            (toServer ? _client : _server).Write(_frame, payload, requestQuickAck: toServer && SupportsQuickAck);
            var frame = Arrive(toServer);
            frame.Payload.CopyTo(destination);
            return (int)frame.Payload.Length;
        }

        public uint CarryQuickAck(uint token)
        {
            _server.WriteQuickAck(_frame, token);
            return Arrive(toServer: false).QuickAckToken;
        }

        public void Dispose()
        {
            _clientStream?.Dispose();
            _serverStream?.Dispose();
        }

        private TransportFrame Arrive(bool toServer)
        {
            var bytes = _bytes.AsSpan(0, _frame.WrittenCount);
            _frame.WrittenSpan.CopyTo(bytes);
            _frame.ResetWrittenCount();
            (toServer ? _clientStream : _serverStream)?.Encrypt(bytes);
            (toServer ? _serverStream : _clientStream)?.Decrypt(bytes);
            var buffer = new ReadOnlySequence<byte>(_bytes, 0, bytes.Length);
            return (toServer ? _server : _client).TryRead(ref buffer, out var frame) && buffer.IsEmpty ? frame : throw new InvalidOperationException();
        }
    }

    private sealed class CountingClient : IClientSessionHandler
    {
        public int Answers { get; private set; }

        public int Updates { get; private set; }

        public int QuickAcks { get; private set; }

        public void OnResult(long requestId, ReadOnlySpan<byte> result) => Answers++;

        public void OnRpcError(long requestId, int code, string message) => Assert.Fail("no errors");

        public void OnRequestFailed(long requestId, RequestFailure reason) => Assert.Fail("no failures");

        public void OnUpdate(ReadOnlySpan<byte> update) => Updates++;

        public void OnQuickAcknowledged(long requestId) => QuickAcks++;

        public void OnNewSession(long firstMessageId, long uniqueId) => Assert.That(uniqueId, Is.Not.Zero);
    }
}
