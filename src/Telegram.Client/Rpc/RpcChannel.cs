using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Client;

/// <summary>
/// The calls of one data centre, and the MTProto session that carries them across connections. Thread-safe: callers add and cancel,
/// the reading loop receives, the writing loop flushes.
/// </summary>
internal sealed class RpcChannel(TelegramClientOptions options, IRpcEvents events) : IClientSessionHandler, IDisposable
{
    private const int MaxRejections = 3;

    private readonly Lock _gate = new();
    private readonly Introduction _introduction = new(options);
    private readonly Dictionary<long, RpcCall> _sent = [];
    private readonly List<RpcCall> _waiting = [];
    private ClientSession? _session;
    private Exception? _end;
    private bool _isIntroduced;

    /// <summary>Set when there may be something to write.</summary>
    public AsyncSignal Writable { get; } = new();

    /// <summary>The server was heard on the present connection.</summary>
    public bool IsHeard { get; private set; }

    public void Add(RpcCall call)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                call.Fail(_end);
                return;
            }

            if (_session is null)
            {
                _waiting.Add(call);
            }
            else
            {
                Enqueue(_session, call);
            }
        }

        Writable.Set();
    }

    /// <summary>The caller gave up: the server is told, too, if it has the request already.</summary>
    public void Remove(RpcCall call)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(call) && _sent.Remove(call.RequestId))
            {
                _session?.Cancel(call.RequestId);
            }
        }

        Writable.Set();
    }

    public bool Uses(AuthKey key)
    {
        lock (_gate)
        {
            return _session?.AuthKey == key;
        }
    }

    /// <summary>There is another key: what is unanswered goes out in a session of its own.</summary>
    public void Attach(ClientSession session)
    {
        lock (_gate)
        {
            _session?.Dispose();
            _session = session;
            _isIntroduced = false;
            RpcCall[] calls = [.. _sent.OrderBy(pair => pair.Key).Select(pair => pair.Value), .. _waiting];
            _sent.Clear();
            _waiting.Clear();
            foreach (var call in calls)
            {
                Enqueue(session, call);
            }
        }
    }

    /// <summary>A new connection stands: unanswered requests are sent again, behind a ping that asks whether anybody is there.</summary>
    public void Connected()
    {
        lock (_gate)
        {
            _isIntroduced = false;
            IsHeard = false;
            _session!.Reconnected();
        }

        Writable.Set();
    }

    public ReceiveOutcome Receive(Span<byte> payload, DateTimeOffset now)
    {
        ReceiveOutcome outcome;
        var isFirst = false;
        lock (_gate)
        {
            outcome = _session!.Receive(payload, now, this);
            if (outcome.Status == ReceiveStatus.Accepted && !IsHeard)
            {
                isFirst = true;
                IsHeard = true;
            }
        }

        Writable.Set();
        if (isFirst)
        {
            events.OnHeard();
        }

        return outcome;
    }

    /// <summary>Writes one payload; false when there is nothing to send before <paramref name="deadline"/>.</summary>
    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now, out DateTimeOffset deadline)
    {
        lock (_gate)
        {
            var written = _session!.Flush(output, now);
            deadline = _session.NextDeadline;
            return written;
        }
    }

    public bool IsUnresponsive(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _session!.IsUnresponsive(now);
        }
    }

    public ClientSessionState? ExportState()
    {
        lock (_gate)
        {
            return _session?.ExportState();
        }
    }

    /// <summary>No answer will come any more: every call, present and future, ends with this.</summary>
    public void End(Exception error)
    {
        lock (_gate)
        {
            _end ??= error;
            foreach (var call in _sent.Values.Concat(_waiting))
            {
                call.Fail(error);
            }

            _sent.Clear();
            _waiting.Clear();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    void IClientSessionHandler.OnResult(long requestId, ReadOnlySpan<byte> result)
    {
        if (_sent.Remove(requestId, out var call))
        {
            _isIntroduced |= call.Introduces;
            call.Complete(result);
        }
    }

    void IClientSessionHandler.OnRpcError(long requestId, int code, string message)
    {
        if (!_sent.Remove(requestId, out var call))
        {
            return;
        }

        var error = RpcErrorParser.Parse(code, message);
        if (error.Type == RpcErrorTypes.ConnectionNotInited && call.Rejections++ < MaxRejections)
        {
            _isIntroduced = false;
            Enqueue(_session!, call);
            return;
        }

        call.Fail(error);
    }

    void IClientSessionHandler.OnRequestFailed(long requestId, RequestFailure reason)
    {
        if (_sent.Remove(requestId, out var call))
        {
            call.Fail(reason == RequestFailure.MalformedAnswer
                ? new UnreadableAnswerException()
                : new TelegramConnectionException($"The request could not be delivered: {reason}."));
        }
    }

    void IClientSessionHandler.OnUpdate(ReadOnlySpan<byte> update) => events.OnUpdate(update);

    void IClientSessionHandler.OnNewSession(long firstMessageId, long uniqueId) => events.OnNewSession();

    void IClientSessionHandler.OnSaltsChanged() => events.OnStateChanged();

    void IClientSessionHandler.OnClockCorrected(TimeSpan offset) => events.OnStateChanged();

    private void Enqueue(ClientSession session, RpcCall call)
    {
        // Until an introduced call was answered, nobody knows which of them the server reads first: each one introduces us.
        call.Introduces = !_isIntroduced;
        call.RequestId = session.Enqueue(_isIntroduced ? call.Function : _introduction.Wrap(call.Function));
        _sent[call.RequestId] = call;
    }
}
