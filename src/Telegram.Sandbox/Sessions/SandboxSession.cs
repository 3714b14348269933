using System.Buffers;
using System.Net;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Connections;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Rpc;
using Telegram.Tl;

namespace Telegram.Sandbox.Sessions;

/// <summary>
/// A client's session: the protocol's state, the requests that wait, and the connection that was last heard of.
/// The protocol's state is worked with under the key's gate only.
/// </summary>
internal sealed class SandboxSession : IServerSessionHandler, IFrameSource, IRpcCaller, IDisposable
{
    private const long MaxUnsentBytes = 4 * 1024 * 1024;

    private readonly SessionServices _services;
    private readonly ServerSession _protocol;
    private readonly RequestQueue _requests;
    private readonly Backlog _unsent = new(MaxUnsentBytes);
    private readonly RecentIds _failed = new();
    private ClientConnection? _connection;
    private IPAddress _clientAddress = IPAddress.None;
    private bool _wasConnected;
    private bool _withoutUpdates;
    private bool _closed;
    private int _flushQueued;

    public SandboxSession(ServerAuthKey key, long sessionId, SessionServices services)
    {
        Key = key;
        SessionId = sessionId;
        _services = services;
        _protocol = new ServerSession(key.Key, sessionId, key.Salts, ServerSessionOptions.Default, services.Random);
        _requests = new RequestQueue(ExecuteAsync);
        LastSeen = services.Time.GetUtcNow();
    }

    public ServerAuthKey Key { get; }

    public long SessionId { get; }

    public DateTimeOffset LastSeen { get; private set; }

    /// <summary>The signed-in key whose user's updates this session takes.</summary>
    public long? SubscribedTo { get; set; }

    public bool IsConnected => Volatile.Read(ref _connection) is not null;

    /// <summary>Takes a message in. The key's gate is held.</summary>
    public ReceiveOutcome Receive(in DecryptedMessage message, ClientConnection from)
    {
        var now = _services.Time.GetUtcNow();
        LastSeen = now;
        _clientAddress = from.ClientAddress;
        if (_connection is null)
        {
            Attach(from);
        }

        var outcome = _protocol.Receive(message, now, this);

        // A repeated message may be an attacker's, so it takes no session away from a connection that lives.
        if (_connection != from && outcome.Status == ReceiveStatus.Accepted)
        {
            Attach(from);
        }

        RequestFlush();
        return outcome;
    }

    /// <summary>Completed while the session can take more requests.</summary>
    public Task WaitForRoomAsync() => _requests.WaitForRoomAsync();

    public void Push(ReadOnlySpan<byte> update)
    {
        lock (Key.Gate)
        {
            if (_closed)
            {
                return;
            }

            _protocol.SendUpdate(update);
        }

        RequestFlush();
    }

    public bool TryWriteFrame(ClientConnection to, TransportCodec codec, IBufferWriter<byte> frame)
    {
        using var payload = new PooledBuffer();
        lock (Key.Gate)
        {
            if (_connection != to || _closed)
            {
                return false;
            }

            if (!_protocol.Flush(payload, _services.Time.GetUtcNow()))
            {
                _unsent.Clear();
                return false;
            }
        }

        codec.Write(frame, payload.WrittenSpan);
        return true;
    }

    public void FlushBegins() => Volatile.Write(ref _flushQueued, 0);

    /// <summary>The connection is gone.</summary>
    public void Detach(ClientConnection from)
    {
        lock (Key.Gate)
        {
            if (_connection == from)
            {
                _connection = null;
                LastSeen = _services.Time.GetUtcNow();
                _unsent.Clear();
            }
        }
    }

    /// <summary>Does what is due, and tells for how long nobody has been connected.</summary>
    public TimeSpan Tick(DateTimeOffset now)
    {
        ClientConnection? connection;
        bool isOver, isDue;
        lock (Key.Gate)
        {
            connection = _connection;
            isOver = _protocol.DisconnectAt <= now;
            isDue = _protocol.NextDeadline <= now;
        }

        if (connection is null)
        {
            return now - LastSeen;
        }

        if (isOver)
        {
            connection.Abort("ping_timeout");
        }
        else if (isDue)
        {
            RequestFlush();
        }

        return TimeSpan.Zero;
    }

    /// <summary>Ends the session; whatever still runs for it is told to stop.</summary>
    public void Close()
    {
        lock (Key.Gate)
        {
            _closed = true;
            _connection = null;
            _unsent.Clear();
            _requests.Dispose();
            _protocol.Dispose();
        }
    }

    public void Dispose() => Close();

    public bool HasFailed(long messageId) => _failed.Contains(messageId);

    public void OnCalled(RpcContext context, bool withoutUpdates)
    {
        // Who once asked for no updates (say, to upload files) is not sent any for the life of the session.
        _withoutUpdates |= withoutUpdates;
        if (context.UserId is not null && SubscribedTo != context.AuthKeyId && !_withoutUpdates)
        {
            SubscribedTo = context.AuthKeyId;
            _services.Sessions.Subscribe(context.AuthKeyId, this);
        }
    }

    void IServerSessionHandler.OnRequest(long messageId, int sequenceNumber, ReadOnlySpan<byte> body)
    {
        var (function, error) = _services.Reader.Read(body);
        _requests.Enqueue(new PendingRequest(messageId, function, error, body.Length, _clientAddress));
    }

    void IServerSessionHandler.OnRequestDropped(long messageId) => _requests.Drop(messageId);

    bool IServerSessionHandler.OnDestroySession(long sessionId) =>
        _services.Sessions.Find(Key.Id, sessionId) is { } other && _services.Sessions.Remove(other);

    AuthKeyDestruction IServerSessionHandler.OnDestroyAuthKey() => _services.DestroyKey(this);

    void IServerSessionHandler.OnMessageRefused(int errorCode) => _services.Counters.CountRejected($"bad_msg_{errorCode}");

    private void Attach(ClientConnection connection)
    {
        if (_wasConnected)
        {
            _protocol.Reconnected();
        }

        _wasConnected = true;
        _connection = connection;
        connection.Own(this);
        _unsent.Clear();
        FlushBegins();
    }

    private void RequestFlush()
    {
        var connection = Volatile.Read(ref _connection);
        if (connection is not null && Interlocked.Exchange(ref _flushQueued, 1) == 0)
        {
            connection.Send(this);
        }
    }

    private async Task ExecuteAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        using var answer = new PooledBuffer();
        try
        {
            if (await _services.Executor.ExecuteAsync(this, request, answer, cancellationToken))
            {
                Answer(answer.WrittenCount, () => _protocol.SendResult(request.MessageId, answer.WrittenSpan));
            }
            else
            {
                LoseAnswer(request.MessageId);
            }
        }
        catch (RpcErrorException e)
        {
            _failed.Add(request.MessageId);
            Answer(e.Message.Length, () => _protocol.SendError(request.MessageId, e.Code, e.Message));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _failed.Add(request.MessageId);
        }

        await _unsent.WaitForRoomAsync();
    }

    private void LoseAnswer(long messageId)
    {
        lock (Key.Gate)
        {
            if (!_closed)
            {
                _protocol.EndUnanswered(messageId);
            }
        }
    }

    private void Answer(int size, Func<bool> send)
    {
        lock (Key.Gate)
        {
            if (_closed || !send())
            {
                return;
            }

            if (_connection is not null)
            {
                _unsent.Add(size);
            }
        }

        RequestFlush();
    }
}
