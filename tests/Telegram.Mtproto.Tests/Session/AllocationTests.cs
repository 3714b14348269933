using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

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
        Assert.That(loop.Answers, Is.EqualTo(3 * 3200));
        Assert.That(loop.Updates, Is.EqualTo(3200));
    }

    [Test]
    public void ClientSession_WhenIdle_TakesLessThanFourKibibytes()
    {
        const int count = 50;
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
        TestContext.Out.WriteLine($"{perSession} bytes for an idle session");
        Assert.That(perSession, Is.LessThan(4096));
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
    private sealed class Loop : IDisposable, IServerSessionHandler
    {
        private static readonly byte[] Request = Hex.Bytes("0100000002000000");
        private static readonly byte[] Answer = new byte[600];
        private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
        private readonly byte[] _payload = new byte[64 * 1024];
        private readonly AuthKey _key = new(new SeededRandomSource(1).Bytes(AuthKey.Size));
        private readonly SeededRandomSource _random = new(3);
        private readonly CountingClient _handler = new();
        private readonly ClientSession _client;
        private readonly ServerSession _server;
        private DateTimeOffset _now = Start;

        public Loop()
        {
            _client = new ClientSession(_key, ClientSessionOptions.Default, _random, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
            _server = new ServerSession(_key, _client.SessionId, new ServerSalts(1, Start, _random), ServerSessionOptions.Default, _random);
        }

        public int Answers => _handler.Answers;

        public int Updates => _handler.Updates;

        public void Turn()
        {
            _now += TimeSpan.FromMilliseconds(100);
            for (var i = 0; i < 3; i++)
            {
                _client.Enqueue(Request);
            }

            while (_client.Flush(_output, _now))
            {
                EncryptedMessage.TryOpen(Take(), _key, MessageDirection.ClientToServer, out var message);
                _server.Receive(in message, _now, this);
            }

            _server.SendUpdate(Request);
            while (_server.Flush(_output, _now))
            {
                _client.Receive(Take(), _now, _handler);
            }
        }

        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body) => _server.SendResult(messageId, Answer);

        public void OnRequestDropped(long messageId) => Assert.Fail("nothing is dropped");

        public bool OnDestroySession(long sessionId) => false;

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Failed;

        public void OnMessageRefused(int errorCode) => Assert.Fail($"refused {errorCode}");

        public void Dispose()
        {
            _client.Dispose();
            _server.Dispose();
            _key.Dispose();
        }

        private Span<byte> Take()
        {
            var payload = _payload.AsSpan(0, _output.WrittenCount);
            _output.WrittenSpan.CopyTo(payload);
            _output.ResetWrittenCount();
            return payload;
        }
    }

    private sealed class CountingClient : IClientSessionHandler
    {
        public int Answers { get; private set; }

        public int Updates { get; private set; }

        public void OnResult(long requestId, ReadOnlySpan<byte> result) => Answers++;

        public void OnRpcError(long requestId, int code, string message) => Assert.Fail("no errors");

        public void OnRequestFailed(long requestId, RequestFailure reason) => Assert.Fail("no failures");

        public void OnUpdate(ReadOnlySpan<byte> update) => Updates++;

        public void OnNewSession(long firstMessageId, long uniqueId) => Assert.That(uniqueId, Is.Not.Zero);
    }
}
