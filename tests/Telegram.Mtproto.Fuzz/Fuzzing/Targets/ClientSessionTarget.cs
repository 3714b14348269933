using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>A client's session before a server that holds the key and says anything: each request still ends at most once.</summary>
internal sealed class ClientSessionTarget : FuzzTarget
{
    private const int Requests = 6;
    private const int MaxSentForOneMessage = 1 << 20;
    private static readonly AuthKey Key = new(new SeededRandom(12).Bytes(AuthKey.Size));
    private static readonly ClientSessionOptions Options = new() { MaxInflatedBytes = 256 * 1024 };

    public override string Name => "client-session";

    public override long AllocationBase => 48 * 1024 * 1024;

    public override byte[] Generate(SeededRandom random) => SessionScript.Generate(random);

    public override void Run(byte[] input)
    {
        using var run = new Playing();
        SessionScript.Play(input, run.Known, run.Take);
    }

    private sealed class Playing : IClientSessionHandler, IDisposable
    {
        private readonly ClientSession _session = new(Key, Options, new SeededRandom(3), ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
        private readonly ArrayBufferWriter<byte> _output = new();
        private readonly HashSet<long> _ended = [];
        private DateTimeOffset _now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
        private long _ids;

        public Playing()
        {
            for (var i = 0; i < Requests; i++)
            {
                _session.Enqueue(new byte[4 + (4 * i)], i);
            }

            _session.DestroySession(7);
            Flush();
        }

        public List<long> Known { get; } = [];

        public void Take(SessionScript.Options options, byte[] body)
        {
            _now += options.HasFlag(SessionScript.Options.TimePasses) ? TimeSpan.FromSeconds(70) : TimeSpan.FromMilliseconds(10);
            if (options.HasFlag(SessionScript.Options.Reconnected))
            {
                _session.Reconnected();
            }

            var payload = body;
            if (!options.HasFlag(SessionScript.Options.NotEncrypted))
            {
                var words = body[..(body.Length & ~3)];
                payload = Payloads.Seal(Key, MessageDirection.ServerToClient, new MessageHeader(1, _session.SessionId, NextId(options, body), (int)options & 1), words);
            }

            _session.Receive(payload, _now, this);
            if (options.HasFlag(SessionScript.Options.Copied))
            {
                _session.Receive(payload, _now, this);
            }

            Demand(_session.PendingRequests + _ended.Count == Requests, "a request ends once and is then not waited for");
            Flush();
        }

        public void OnResult(long requestId, ReadOnlySpan<byte> result) => End(requestId);

        public void OnRpcError(long requestId, int code, string message) => End(requestId);

        public void OnRequestFailed(long requestId, RequestFailure reason) => End(requestId);

        public void OnUpdate(ReadOnlySpan<byte> update) => Demand(update.Length <= Options.MaxInflatedBytes || update.Length < ushort.MaxValue, "an update is no bomb");

        public void OnNewSession(long firstMessageId, long uniqueId) => Demand(_session.PendingRequests <= Requests, "nothing is made up");

        public void Dispose() => _session.Dispose();

        private long NextId(SessionScript.Options options, byte[] body)
        {
            _ids = Math.Max(_ids + 4, _now.ToUnixTimeSeconds() << 32);
            return options.HasFlag(SessionScript.Options.OwnId) && body.Length >= 8 ? BitConverter.ToInt64(body) : _ids | 1;
        }

        private void End(long requestId) => Demand(requestId is > 0 and <= Requests && _ended.Add(requestId), "a request ends once");

        private void Flush()
        {
            var sent = 0;
            while (_session.Flush(_output, _now))
            {
                sent += _output.WrittenCount;
                Demand(sent < MaxSentForOneMessage, "what one message makes us send has a bound");
                Known.AddRange(Payloads.IdsOf(Key, MessageDirection.ClientToServer, _output.WrittenSpan));
                _output.ResetWrittenCount();
            }
        }
    }
}
