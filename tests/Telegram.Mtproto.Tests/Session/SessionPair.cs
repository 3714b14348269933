using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session;

/// <summary>A client session and the server's sessions of its key, joined by a network that each test may spoil.</summary>
internal sealed class SessionPair : IDisposable
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ServerSessionOptions _serverOptions;
    private readonly SeededRandomSource _random;
    private readonly HashSet<long> _connected = [];

    public SessionPair(int seed = 1, ClientSessionOptions? clientOptions = null, ServerSessionOptions? serverOptions = null, TimeSpan clientClock = default)
    {
        _serverOptions = serverOptions ?? ServerSessionOptions.Default;
        _random = new SeededRandomSource(seed);
        Key = new AuthKey(_random.Bytes(AuthKey.Size));
        Salts = new ServerSalts(1, Now, _random);
        ClientClock = clientClock;
        Client = new ClientSession(Key, clientOptions ?? ClientSessionOptions.Default, _random, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
    }

    public AuthKey Key { get; }

    public ServerSalts Salts { get; }

    public ClientSession Client { get; }

    public RecordingClient ClientHandler { get; } = new();

    public RecordingServer ServerHandler { get; } = new();

    /// <summary>The server's sessions by their identifiers.</summary>
    public Dictionary<long, ServerSession> Servers { get; } = [];

    /// <summary>The session the client is in.</summary>
    public ServerSession Server => Servers[Client.SessionId];

    /// <summary>The server's time.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The client's clock minus the server's.</summary>
    public TimeSpan ClientClock { get; set; }

    /// <summary>What the client wants to send now.</summary>
    public List<byte[]> FlushClient() => Drain(() => Client.Flush(_output, Now + ClientClock));

    /// <summary>What the server wants to send now, in the sessions of which it has heard over the present connection.</summary>
    public List<byte[]> FlushServer() => [.. ConnectedServers().SelectMany(server => Drain(() => server.Flush(_output, Now)))];

    /// <summary>The server's sessions that the present connection belongs to.</summary>
    public List<ServerSession> ConnectedServers() => [.. Servers.Values.Where(server => _connected.Contains(server.SessionId))];

    /// <summary>The client comes back over another connection.</summary>
    public void Reconnect()
    {
        _connected.Clear();
        Client.Reconnected();
    }

    /// <summary>The server receives a payload and makes a session for it if there is none.</summary>
    public ReceiveOutcome DeliverToServer(byte[] payload)
    {
        var copy = payload.ToArray();
        var reason = EncryptedMessage.TryOpen(copy, Key, MessageDirection.ClientToServer, out var message);
        Assert.That(reason, Is.EqualTo(RejectReason.None));
        if (!Servers.TryGetValue(message.Header.SessionId, out var server))
        {
            server = new ServerSession(Key, message.Header.SessionId, Salts, _serverOptions, _random);
            Servers.Add(message.Header.SessionId, server);
        }

        if (_connected.Add(server.SessionId))
        {
            server.Reconnected();
        }

        return server.Receive(in message, Now, ServerHandler);
    }

    public ReceiveOutcome DeliverToClient(byte[] payload) => Client.Receive(payload.ToArray(), Now + ClientClock, ClientHandler);

    /// <summary>Carries payloads in both directions until nobody has anything to say.</summary>
    public void Exchange()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            var (up, down) = (FlushClient(), new List<byte[]>());
            up.ForEach(payload => DeliverToServer(payload));
            down.AddRange(FlushServer());
            down.ForEach(payload => DeliverToClient(payload));
            if (up.Count + down.Count == 0)
            {
                return;
            }
        }

        Assert.Fail("The two sides do not come to rest.");
    }

    public void Dispose()
    {
        Client.Dispose();
        foreach (var server in Servers.Values)
        {
            server.Dispose();
        }

        Key.Dispose();
    }

    private List<byte[]> Drain(Func<bool> flush)
    {
        var payloads = new List<byte[]>();
        while (flush())
        {
            payloads.Add(_output.WrittenSpan.ToArray());
            _output.ResetWrittenCount();
        }

        return payloads;
    }
}
