using System.Buffers;
using System.Net;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>A message as the server sent it, out of its container.</summary>
internal sealed record ServerMessage(long MessageId, int SequenceNumber, long SessionId, byte[] Body)
{
    public uint ConstructorId => BitConverter.ToUInt32(Body);

    public T As<T>()
        where T : ITlObject
    {
        var reader = new TlReader(Body);
        return (T)TlRegistry.ReadObject(ref reader);
    }
}

/// <summary>
/// A client that does nothing of its own accord: tests say what is sent, with which identifiers, and look at what comes back.
/// </summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly CryptographicRandomSource _random = CryptographicRandomSource.Instance;
    private readonly LinkedList<ServerMessage> _unread = [];
    private readonly TimeProvider _time;
    private readonly WireKind _kind;
    private readonly bool _obfuscated;
    private long _lastMessageId;
    private int _contentMessages;
    private bool _introduced;

    private RawClient(ClientWire wire, IPEndPoint endPoint, WireKind kind, bool obfuscated, TimeProvider time)
    {
        Wire = wire;
        EndPoint = endPoint;
        _kind = kind;
        _obfuscated = obfuscated;
        _time = time;
    }

    public ClientWire Wire { get; private set; }

    public IPEndPoint EndPoint { get; set; }

    public AuthKey Key { get; set; } = null!;

    public long Salt { get; set; }

    public long SessionId { get; set; } = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>Connects and makes a key.</summary>
    public static async Task<RawClient> StartAsync(
        SandboxServer server,
        int dc = 2,
        WireKind kind = WireKind.Intermediate,
        bool obfuscated = false,
        TimeProvider? time = null,
        TimeSpan? expiresIn = null)
    {
        var endPoint = server.DataCenters.Single(one => one.Id == dc).EndPoint;
        var wire = await ClientWire.OpenAsync(endPoint, kind, obfuscated);
        var client = new RawClient(wire, endPoint, kind, obfuscated, time ?? TimeProvider.System);
        var made = await client.HandshakeAsync(server.PublicKeyPem, dc, expiresIn);
        client.Key = made.AuthKey;
        client.Salt = made.FirstSalt;
        return client;
    }

    /// <summary>Another session of the same key, on a connection of its own.</summary>
    public async Task<RawClient> AnotherSessionAsync()
    {
        var wire = await ClientWire.OpenAsync(EndPoint, _kind, _obfuscated);
        return new RawClient(wire, EndPoint, _kind, _obfuscated, _time) { Key = Key, Salt = Salt };
    }

    /// <summary>The same session on a new connection.</summary>
    public async Task ReconnectAsync(IPEndPoint? endPoint = null)
    {
        await Wire.DisposeAsync();
        EndPoint = endPoint ?? EndPoint;
        Wire = await ClientWire.OpenAsync(EndPoint, _kind, _obfuscated);
    }

    public async Task<HandshakeResult> HandshakeAsync(string publicKeyPem, int dc, TimeSpan? expiresIn = null)
    {
        var handshake = new ClientHandshake(
            [RsaPublicKey.FromPem(publicKeyPem)], new ClientHandshakeOptions { DataCenter = dc, ExpiresIn = expiresIn }, _random);
        var output = new ArrayBufferWriter<byte>();
        handshake.Start(output, _time.GetUtcNow());
        while (true)
        {
            await Wire.SendAsync(output.WrittenMemory.Span);
            output.ResetWrittenCount();
            var answer = await Wire.ReceiveAsync() ?? throw new EndOfStreamException("Closed in the handshake.");
            if (handshake.Receive(answer, output, _time.GetUtcNow()))
            {
                return handshake.Result;
            }
        }
    }

    public long NextMessageId()
    {
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        return _lastMessageId = Math.Max((long)(now * (1L << 32)) & ~3L, _lastMessageId + 4);
    }

    /// <summary>Sends one message, and tells its identifier.</summary>
    public async Task<long> SendAsync(ReadOnlyMemory<byte> body, bool content = true, long? messageId = null, long? salt = null)
    {
        var id = messageId ?? NextMessageId();
        var sequence = (_contentMessages * 2) + (content ? 1 : 0);
        _contentMessages += content ? 1 : 0;
        await Wire.SendAsync(Encrypt(body, id, sequence, salt ?? Salt));
        return id;
    }

    public Task<long> SendAsync(ITlObject body, bool content = true, long? messageId = null) =>
        SendAsync(TlSerializer.ToBytes(body), content, messageId);

    public byte[] Encrypt(ReadOnlyMemory<byte> body, long messageId, int sequence, long salt)
    {
        var message = new byte[MessageCipher.GetEncryptedLength(body.Length)];
        var header = new MessageHeader(salt, SessionId, messageId, sequence);
        MessageCipher.Encrypt(Key, MessageDirection.ClientToServer, in header, body.Span, _random, message);
        return message;
    }

    /// <summary>The function as a client's first call has it.</summary>
    public static ITlFunction Introduce(ITlFunction function, int layer = TlRegistry.Layer, int apiId = 1) => new InvokeWithLayer
    {
        Layer = layer,
        Query = new InitConnection
        {
            ApiId = apiId,
            DeviceModel = "device",
            SystemVersion = "system",
            AppVersion = "1.0",
            SystemLangCode = "en",
            LangPack = "",
            LangCode = "en",
            Query = function,
        },
    };

    /// <summary>Calls a method and waits for its answer; introduces itself with the first one.</summary>
    /// <exception cref="RpcFailure">The answer is an error.</exception>
    public async Task<TResult> CallAsync<TResult>(ITlFunction<TResult> function)
    {
        var id = await SendAsync(_introduced ? function : Introduce(function));
        _introduced = true;
        return await AnswerAsync(id, function);
    }

    public async Task<TResult> AnswerAsync<TResult>(long requestId, ITlFunction<TResult> function)
    {
        var body = await AnswerAsync(requestId);
        var reader = new TlReader(body);
        return function.ReadResult(ref reader);
    }

    /// <summary>The bytes of an answer.</summary>
    /// <exception cref="RpcFailure">The answer is an error.</exception>
    public async Task<byte[]> AnswerAsync(long requestId)
    {
        var message = await WaitForAsync(one => one.ConstructorId == RpcResult.Id && BitConverter.ToInt64(one.Body, 4) == requestId);
        var body = message.Body[12..];
        var id = BitConverter.ToUInt32(body);
        if (id == GzipPacked.Id)
        {
            var reader = new TlReader(body);
            return TlGzip.Inflate(GzipPacked.Read(ref reader).PackedData);
        }

        if (id == RpcError.Id)
        {
            var reader = new TlReader(body);
            var error = RpcError.Read(ref reader);
            throw new RpcFailure(error.ErrorCode, error.ErrorMessage);
        }

        return body;
    }

    /// <summary>The next message of a constructor; others stay to be read later.</summary>
    public async Task<T> WaitForAsync<T>(uint constructorId)
        where T : ITlObject => (await WaitForAsync(one => one.ConstructorId == constructorId)).As<T>();

    public async Task<ServerMessage> WaitForAsync(Func<ServerMessage, bool> condition)
    {
        while (true)
        {
            if (_unread.FirstOrDefault(condition) is { } found)
            {
                _unread.Remove(found);
                return found;
            }

            await ReadFrameAsync();
        }
    }

    /// <summary>What has come and was not asked for yet.</summary>
    public IReadOnlyCollection<ServerMessage> Unread => _unread;

    public async Task PingAsync()
    {
        var ping = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        var id = await SendAsync(new Ping { PingId = ping });
        await WaitForAsync(one => one.ConstructorId == Pong.Id && one.As<Pong>() is { } pong && pong.PingId == ping && pong.MsgId == id);
    }

    public async ValueTask DisposeAsync() => await Wire.DisposeAsync();

    private async Task ReadFrameAsync()
    {
        var payload = await Wire.ReceiveAsync() ?? throw new EndOfStreamException("The server closed the connection.");
        if (payload.Length == sizeof(int))
        {
            throw new TransportFailure(BitConverter.ToInt32(payload));
        }

        if (_kind == WireKind.Padded)
        {
            payload = payload[..(payload.Length - ((payload.Length - 24) % 16))];
        }

        var status = MessageCipher.Decrypt(Key, MessageDirection.ServerToClient, payload, out var message);
        Assert.That(status, Is.EqualTo(MessageDecryptionStatus.Success));
        Assert.That(message.Header.MessageId & 1, Is.EqualTo(1), "a server's msg_id is odd");
        Unpack(new ServerMessage(message.Header.MessageId, message.Header.SequenceNumber, message.Header.SessionId, message.Body.ToArray()));
    }

    private void Unpack(ServerMessage message)
    {
        Assert.That(message.SessionId, Is.EqualTo(SessionId));
        if (message.ConstructorId != MsgContainer.Id)
        {
            _unread.AddLast(message);
            return;
        }

        var at = 8;
        for (var left = BitConverter.ToInt32(message.Body, 4); left > 0; left--)
        {
            var length = BitConverter.ToInt32(message.Body, at + 12);
            Unpack(message with
            {
                MessageId = BitConverter.ToInt64(message.Body, at),
                SequenceNumber = BitConverter.ToInt32(message.Body, at + 8),
                Body = message.Body[(at + 16)..(at + 16 + length)],
            });
            at += 16 + length;
        }
    }
}

/// <summary><c>rpc_error</c>.</summary>
internal sealed class RpcFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}

/// <summary>The four bytes of a transport error.</summary>
internal sealed class TransportFailure(int code) : Exception($"{code}")
{
    public int Code { get; } = code;
}
