using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Benchmarks;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;

namespace Telegram.Benchmarks;

/// <summary>
/// Pushed messages from the bytes of the socket to the handler: obfuscation, padded intermediate frames, AES-IGE, message key, session,
/// and the acknowledgements that go back. Only the client's side is timed.
/// </summary>
internal static class Sessions
{
    private const int Batch = 64;

    public static object Run(double seconds)
    {
        Report.Progress("session: receive");
        using var wire = new Wire();
        for (var i = 0; i < 200; i++)
        {
            wire.Turn();
        }

        wire.Reset();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < 3 * seconds)
        {
            wire.Turn();
        }

        return new
        {
            updateBytes = Wire.Update.Length,
            messagesPerPacket = 1,
            receivedPerSecond = Math.Round(Batch / wire.FastestTurn.TotalSeconds),
            allocatedPerMessage = Math.Round((double)wire.Allocated / wire.Received, 3),
        };
    }

    /// <summary>A server that pushes and a client that receives, joined by a buffer.</summary>
    private sealed class Wire : IDisposable, IClientSessionHandler, IServerSessionHandler
    {
        public static readonly byte[] Update = Samples.Push(1);

        private readonly AuthKey _key;
        private readonly ClientSession _client;
        private readonly ServerSession _server;
        private readonly TransportCodec _sending;
        private readonly TransportCodec _receiving;
        private readonly TransportObfuscation _serverObfuscation;
        private readonly TransportObfuscation _clientObfuscation;
        private readonly ArrayBufferWriter<byte> _payload = new(64 * 1024);
        private readonly ArrayBufferWriter<byte> _stream = new(256 * 1024);
        private readonly byte[] _arrived = new byte[256 * 1024];
        private DateTimeOffset _now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

        public Wire()
        {
            var random = CryptographicRandomSource.Instance;
            var key = new byte[AuthKey.Size];
            random.Fill(key);
            _key = new AuthKey(key);
            _client = new ClientSession(_key, ClientSessionOptions.Default, random, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
            _server = new ServerSession(_key, _client.SessionId, new ServerSalts(1, _now, random), ServerSessionOptions.Default, random);
            _sending = TransportCodec.Create(TransportKind.PaddedIntermediate, TransportSide.Server, random);
            _receiving = TransportCodec.Create(TransportKind.PaddedIntermediate, TransportSide.Client, random);
            var header = new byte[TransportObfuscation.HeaderLength];
            _clientObfuscation = TransportObfuscation.CreateClient(TransportKind.PaddedIntermediate, 2, random, header);
            _serverObfuscation = TransportDetector.Detect(new ReadOnlySequence<byte>(header)).Obfuscation!;
        }

        public long Received { get; private set; }

        public long Allocated { get; private set; }

        public TimeSpan FastestTurn { get; private set; } = TimeSpan.MaxValue;

        public void Reset() => (Received, Allocated, FastestTurn) = (0, 0, TimeSpan.MaxValue);

        public void Turn()
        {
            _now += TimeSpan.FromMilliseconds(50);
            Push();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            Receive();
            var elapsed = Stopwatch.GetElapsedTime(begun);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - allocated;
            FastestTurn = elapsed < FastestTurn ? elapsed : FastestTurn;
            Acknowledge();
        }

        public void OnUpdate(ReadOnlySpan<byte> update) => Received++;

        public void OnResult(long requestId, ReadOnlySpan<byte> result) => throw Unexpected();

        public void OnRpcError(long requestId, int code, string message) => throw Unexpected();

        public void OnRequestFailed(long requestId, RequestFailure reason) => throw Unexpected();

        public void OnNewSession(long firstMessageId, long uniqueId)
        {
            // The first payload of the session says so.
        }

        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body) => throw Unexpected();

        public void OnRequestDropped(long messageId) => throw Unexpected();

        public bool OnDestroySession(long sessionId) => false;

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Failed;

        public void Dispose()
        {
            _client.Dispose();
            _server.Dispose();
            _key.Dispose();
            _clientObfuscation.Dispose();
            _serverObfuscation.Dispose();
        }

        private void Push()
        {
            _stream.ResetWrittenCount();
            for (var i = 0; i < Batch; i++)
            {
                _server.SendUpdate(Update);
                while (_server.Flush(_payload, _now))
                {
                    _sending.Write(_stream, _payload.WrittenSpan);
                    _payload.ResetWrittenCount();
                }
            }

            _stream.WrittenSpan.CopyTo(_arrived);
            _serverObfuscation.Encrypt(_arrived.AsSpan(0, _stream.WrittenCount));
        }

        private void Receive()
        {
            _clientObfuscation.Decrypt(_arrived.AsSpan(0, _stream.WrittenCount));
            var unread = new ReadOnlySequence<byte>(_arrived, 0, _stream.WrittenCount);
            while (_receiving.TryRead(ref unread, out var frame))
            {
                _client.Receive(MemoryMarshal.AsMemory(frame.Payload.First).Span, _now, this);
            }
        }

        private void Acknowledge()
        {
            while (_client.Flush(_payload, _now))
            {
                _payload.WrittenSpan.CopyTo(_arrived);
                EncryptedMessage.TryOpen(_arrived.AsSpan(0, _payload.WrittenCount), _key, MessageDirection.ClientToServer, out var message);
                _server.Receive(in message, _now, this);
                _payload.ResetWrittenCount();
            }
        }

        private static InvalidOperationException Unexpected() => new("Nothing was asked.");
    }
}
