using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>A server's session before a client that says anything: no message is carried out twice, and what is kept has bounds.</summary>
internal sealed class ServerSessionTarget : FuzzTarget
{
    private const long SessionId = 5;
    private const int MaxSentForOneMessage = 2 << 20;
    private static readonly AuthKey Key = new(new SeededRandom(13).Bytes(AuthKey.Size));
    private static readonly ServerSessionOptions Options = new() { MaxInflatedBytes = 256 * 1024, MaxUnacknowledged = 64 };

    public override string Name => "server-session";

    public override long AllocationBase => 48 * 1024 * 1024;

    public override byte[] Generate(SeededRandom random) => SessionScript.Generate(random);

    public override void Run(byte[] input)
    {
        using var run = new Playing();
        SessionScript.Play(input, run.Known, run.Take);
    }

    private sealed class Playing : IServerSessionHandler, IDisposable
    {
        private readonly ArrayBufferWriter<byte> _output = new();
        private readonly HashSet<long> _requests = [];
        private readonly ServerSession _session;
        private DateTimeOffset _now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
        private long _ids;

        public Playing()
        {
            _session = new ServerSession(Key, SessionId, new ServerSalts(1, _now, new SeededRandom(2)), Options, new SeededRandom(3));
            Take(SessionScript.Options.ContentRelated, [1, 0, 0, 0]);
            Take(SessionScript.Options.ContentRelated, [2, 0, 0, 0, 0, 0, 0, 0]);
            _session.SendUpdate(new byte[64]);
        }

        public List<long> Known { get; } = [];

        public void Take(SessionScript.Options options, byte[] body)
        {
            _now += options.HasFlag(SessionScript.Options.TimePasses) ? TimeSpan.FromSeconds(70) : TimeSpan.FromMilliseconds(10);
            if (options.HasFlag(SessionScript.Options.Reconnected))
            {
                _session.Reconnected();
            }

            Receive(options, body);
            if (options.HasFlag(SessionScript.Options.Copied))
            {
                Receive(options | SessionScript.Options.OwnId, body);
            }

            Demand(_session.UnacknowledgedMessages <= 8192 + (2 * Options.MaxUnacknowledged), "what is kept has a bound");
            Flush();
        }

        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body)
        {
            Demand(_requests.Add(messageId), "a message is carried out once");
            Demand(body.Length >= sizeof(uint), "a request has a constructor");
            if (messageId % 3 != 0)
            {
                _session.SendResult(messageId, new byte[2000]);
            }
        }

        public void OnRequestDropped(long messageId) => Demand(_requests.Contains(messageId), "only requests are dropped");

        public bool OnDestroySession(long sessionId) => sessionId % 2 == 0;

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Failed;

        public void Dispose() => _session.Dispose();

        private void Receive(SessionScript.Options options, byte[] body)
        {
            var payload = (byte[])body.Clone();
            if (!options.HasFlag(SessionScript.Options.NotEncrypted))
            {
                var words = body[..(body.Length & ~3)];
                var (id, sequence) = NextId(options, body);
                payload = Payloads.Seal(Key, MessageDirection.ClientToServer, new MessageHeader(1, SessionId, id, sequence), words);
            }

            if (EncryptedMessage.TryOpen(payload, Key, MessageDirection.ClientToServer, out var message) == RejectReason.None)
            {
                Known.Add(message.Header.MessageId);
                _session.Receive(in message, _now, this);
            }
        }

        private (long Id, int Sequence) NextId(SessionScript.Options options, byte[] body)
        {
            _ids = Math.Max(_ids + 4, _now.ToUnixTimeSeconds() << 32);
            var id = options.HasFlag(SessionScript.Options.OwnId) && body.Length >= 8 ? BitConverter.ToInt64(body) : _ids;
            return (id, (Known.Count * 2) + ((int)options & 1));
        }

        private void Flush()
        {
            var sent = 0;
            while (_session.Flush(_output, _now))
            {
                sent += _output.WrittenCount;
                Demand(sent < MaxSentForOneMessage, "what one message makes us send has a bound");
                Known.AddRange(Payloads.IdsOf(Key, MessageDirection.ServerToClient, _output.WrittenSpan));
                _output.ResetWrittenCount();
            }
        }
    }
}
