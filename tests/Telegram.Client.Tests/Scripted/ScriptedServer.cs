using System.Net;
using System.Net.Sockets;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

/// <summary>
/// A data centre in memory that does as a test says: it speaks the whole protocol, holds answers back, forgets keys, breaks connections.
/// One lock, no clock of its own.
/// </summary>
internal sealed class ScriptedServer(TimeProvider time) : IConnector, IDisposable
{
    private static readonly Lazy<RsaPrivateKey> SharedKey = new(RsaPrivateKey.Create);

    private readonly Lock _lock = new();
    private readonly SeededRandom _random = new(99);
    private readonly Dictionary<long, (AuthKey Key, ServerSalts Salts)> _keys = [];
    private readonly Dictionary<long, ServerSession> _sessions = [];
    private readonly List<ScriptedConnection> _connections = [];
    private readonly List<HeldCall> _held = [];
    private readonly List<ITlFunction> _calls = [];
    private readonly List<InitConnection?> _introductions = [];
    private readonly List<long> _dropped = [];

    public static string PublicKeyPem => SharedKey.Value.PublicKey.ToPem();

    /// <summary>Answers a call: the bytes of its result, or null to hold it back. <see cref="RpcException"/> is sent as an error.</summary>
    public Func<ITlFunction, byte[]?> Handle { get; set; } = Api.Default;

    /// <summary>The calls carried out, without their wrappers.</summary>
    public IReadOnlyList<ITlFunction> Calls => Copy(_calls);

    /// <summary>The initConnection each call came in; null: in none.</summary>
    public IReadOnlyList<InitConnection?> Introductions => Copy(_introductions);

    public IReadOnlyList<long> Dropped => Copy(_dropped);

    public int Handshakes { get; private set; }

    public int EncryptedPayloads { get; set; }

    public int Attempts { get; private set; }

    /// <summary>The script itself failed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Connections are refused while this is set.</summary>
    public bool IsDown { get; set; }

    /// <summary>Nothing is answered while this is set, and the connection stays open.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How much the client reads at a time.</summary>
    public int Chunk { get; set; } = int.MaxValue;

    public int LiveConnections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count(connection => !connection.IsClosed);
            }
        }
    }

    public int HeldCalls
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    internal static IReadOnlyList<RsaPrivateKey> PrivateKeys => [SharedKey.Value];

    internal IRandomSource Random => _random;

    internal DateTimeOffset Now => time.GetUtcNow();

    public ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Attempts++;
            if (IsDown)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var (client, server) = DuplexStream.Create(Chunk);
            var connection = new ScriptedConnection(this, server, _lock);
            _connections.Add(connection);
            _ = connection.RunAsync();
            return ValueTask.FromResult<Stream>(client);
        }
    }

    public void Drop()
    {
        lock (_lock)
        {
            _connections.ForEach(connection => connection.Close());
        }
    }

    public void ForgetKeys()
    {
        lock (_lock)
        {
            _keys.Clear();
            _sessions.Clear();
            _held.Clear();
        }
    }

    /// <summary>Makes the server forget its sessions: the next message makes a new one.</summary>
    public void ForgetSessions()
    {
        lock (_lock)
        {
            _sessions.Clear();
            _held.Clear();
        }
    }

    public void Push(IUpdates updates) => Push(TlSerializer.ToBytes(updates));

    public void Push(byte[] updates)
    {
        lock (_lock)
        {
            foreach (var session in _sessions.Values)
            {
                session.SendUpdate(updates);
            }

            Flush();
        }
    }

    public void SendError(int code)
    {
        lock (_lock)
        {
            Live().SendError(code);
        }
    }

    public void SendRaw(byte[] payload)
    {
        lock (_lock)
        {
            Live().Send(payload);
        }
    }

    /// <summary>Answers what was held back.</summary>
    public void Release(Func<ITlFunction, byte[]?> answer)
    {
        lock (_lock)
        {
            foreach (var held in _held.ToArray())
            {
                _held.Remove(held);
                Answer(held, answer);
            }

            Flush();
        }
    }

    public void Dispose()
    {
        Drop();
        Assert.That(Failure, Is.Null);
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    internal void Learn(HandshakeResult result)
    {
        Handshakes++;
        _keys[result.AuthKey.Id] = (result.AuthKey, new ServerSalts(result.FirstSalt, Now, _random));
    }

    /// <summary>False: the key is unknown.</summary>
    internal bool Receive(Span<byte> payload, ScriptedConnection connection)
    {
        if (!_keys.TryGetValue(PlainMessage.ReadAuthKeyId(payload), out var key))
        {
            return false;
        }

        EncryptedPayloads++;
        if (IsSilent || Mtproto.Session.EncryptedMessage.TryOpen(payload, key.Key, MessageDirection.ClientToServer, out var message) != RejectReason.None)
        {
            return true;
        }

        var id = message.Header.SessionId;
        if (!_sessions.TryGetValue(id, out var session))
        {
            session = new ServerSession(key.Key, id, key.Salts, ServerSessionOptions.Default, _random);
            _sessions.Add(id, session);
        }

        if (!ReferenceEquals(connection.Session, session))
        {
            connection.Session = session;
            session.Reconnected();
        }

        session.Receive(in message, Now, new Requests(this, session));
        Flush();
        return true;
    }

    private List<T> Copy<T>(List<T> items)
    {
        lock (_lock)
        {
            return [.. items];
        }
    }

    private ScriptedConnection Live() => _connections.Last(connection => !connection.IsClosed);

    private void Flush() => _connections.ForEach(connection => connection.Flush());

    private void Answer(HeldCall call, Func<ITlFunction, byte[]?> answer)
    {
        try
        {
            if (answer(call.Function) is { } result)
            {
                call.Session.SendResult(call.MessageId, result);
            }
            else
            {
                _held.Add(call);
            }
        }
        catch (RpcException error)
        {
            call.Session.SendError(call.MessageId, error.Code, error.Parameter is { } number ? $"{error.Type}_{number}" : error.Type);
        }
    }

    private sealed record HeldCall(ServerSession Session, long MessageId, ITlFunction Function);

    private sealed class Requests(ScriptedServer server, ServerSession session) : IServerSessionHandler
    {
        public void OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body)
        {
            var reader = new TlReader(body);
            var function = TlRegistry.ReadFunction(ref reader)!;
            InitConnection? introduction = null;
            while (true)
            {
                switch (function)
                {
                    case InvokeWithLayer layer:
                        function = layer.Query;
                        continue;
                    case InitConnection init:
                        introduction = init;
                        function = init.Query;
                        continue;
                }

                break;
            }

            server._calls.Add(function);
            server._introductions.Add(introduction);
            server.Answer(new HeldCall(session, messageId, function), server.Handle);
        }

        public void OnRequestDropped(long messageId)
        {
            server._dropped.Add(messageId);
            server._held.RemoveAll(held => held.MessageId == messageId);
        }

        public bool OnDestroySession(long sessionId) => server._sessions.Remove(sessionId);

        public AuthKeyDestruction OnDestroyAuthKey() => AuthKeyDestruction.Destroyed;
    }
}
