using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session.Client;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session;

/// <summary>
/// A client's session: takes requests and gives encrypted payloads, takes payloads and gives answers
/// (<see href="https://core.telegram.org/mtproto/description"/>). It has no socket, no clock and no thread of its own.
/// </summary>
/// <remarks>
/// <para>Not thread-safe: one caller at a time. Every request is answered once, with exactly one of
/// <see cref="IClientSessionHandler.OnResult"/>, <see cref="IClientSessionHandler.OnRpcError"/> and
/// <see cref="IClientSessionHandler.OnRequestFailed"/>, or not at all after <see cref="Cancel"/>.</para>
/// <para>A request can be carried out twice by the server if it forgets the session in between; where that matters the request itself
/// must make it harmless, as <c>random_id</c> does.</para>
/// </remarks>
public sealed class ClientSession : IDisposable
{
    private readonly ClientCore _core;
    private readonly Housekeeping _housekeeping;
    private readonly IRandomSource _random;

    /// <summary>Begins a session with a new random identifier.</summary>
    /// <param name="authKey">The key; it stays the caller's.</param>
    /// <param name="options">How the session behaves.</param>
    /// <param name="random">Identifiers and padding come from it.</param>
    /// <param name="state">What is known of salts and clock: from the handshake, or from an earlier session with this key.</param>
    public ClientSession(AuthKey authKey, ClientSessionOptions options, IRandomSource random, ClientSessionState? state = null)
    {
        ArgumentNullException.ThrowIfNull(authKey);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        _core = new ClientCore(authKey, options, random, state);
        _housekeeping = new Housekeeping(_core);
    }

    /// <summary>The session's identifier. It changes when the server demands it (<see cref="IClientSessionHandler.OnSessionReset"/>).</summary>
    public long SessionId => _core.SessionId;

    /// <summary>The key.</summary>
    public AuthKey AuthKey => _core.AuthKey;

    /// <summary>The server's clock minus the local one, as far as it is known.</summary>
    public TimeSpan TimeOffset => _core.Clock.Offset;

    /// <summary>How many requests are not answered.</summary>
    public int PendingRequests => _core.Requests.PendingRequests;

    /// <summary>
    /// When <see cref="Flush(IBufferWriter{byte}, DateTimeOffset)"/> must be called at the latest, by the local clock: <see cref="DateTimeOffset.MinValue"/> for at once. Each
    /// call of this object can change it.
    /// </summary>
    public DateTimeOffset NextDeadline
    {
        get
        {
            if (_core.Requests.HasQueued)
            {
                return DateTimeOffset.MinValue;
            }

            var (acks, heartbeat) = (_core.AcksDueAt, _core.Heartbeat.Deadline);
            return acks < heartbeat ? acks : heartbeat;
        }
    }

    /// <summary>What is worth keeping for the next session with this key.</summary>
    public ClientSessionState ExportState() => new(_core.Salts.Export(), _core.Clock.Offset);

    /// <summary>Takes a request to be sent.</summary>
    /// <param name="body">The serialised call; copied. It is a multiple of 4 bytes long.</param>
    /// <param name="afterRequestId">
    /// A request after which this one must be carried out, or 0: if that one is still unanswered when this is sent, the server is told to
    /// wait for it (<see href="https://core.telegram.org/api/invoking#invokeaftermsg"/>).
    /// </param>
    /// <returns>The request's number: positive and never used again.</returns>
    /// <exception cref="ArgumentException">No call, or more than <see cref="ClientSessionOptions.MaxRequestBytes"/>.</exception>
    public long Enqueue(ReadOnlySpan<byte> body, long afterRequestId = 0)
    {
        CheckLength(body);
        var message = _core.Requests.Rent(MessageKind.Request);
        Packing.Write(message, body, _core.Options.CompressAbove);
        return _core.Requests.AddRequest(message, afterRequestId);
    }

    /// <summary>Takes a request to be sent; it is serialised straight into the memory it is sent from.</summary>
    /// <param name="query">The call.</param>
    /// <param name="afterRequestId">As in <see cref="Enqueue(ReadOnlySpan{byte}, long)"/>.</param>
    /// <returns>The request's number.</returns>
    /// <exception cref="ArgumentException">More than <see cref="ClientSessionOptions.MaxRequestBytes"/>.</exception>
    public long Enqueue(ITlFunction query, long afterRequestId = 0)
    {
        ArgumentNullException.ThrowIfNull(query);
        var message = _core.Requests.Rent(MessageKind.Request);
        TlSerializer.Write(message, query);
        if (message.Length > _core.Options.MaxRequestBytes || message.Length > _core.Options.CompressAbove)
        {
            try
            {
                return Enqueue(message.Body, afterRequestId);
            }
            finally
            {
                _core.Requests.Return(message);
            }
        }

        return _core.Requests.AddRequest(message, afterRequestId);
    }

    /// <summary>
    /// Takes <c>auth.bindTempAuthKey</c>, which binds this session's key to a permanent one; its result is a <c>Bool</c>. Its content is
    /// made when its identifier is known, each time anew.
    /// </summary>
    /// <param name="permanentKey">The key to bind to.</param>
    /// <param name="expiresAt">Until when this session's key is valid, by the server's clock.</param>
    /// <returns>The request's number.</returns>
    public long EnqueueTempKeyBinding(AuthKey permanentKey, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(permanentKey);
        Span<byte> nonce = stackalloc byte[sizeof(long)];
        _random.Fill(nonce);
        var message = _core.Requests.Rent(MessageKind.TempKeyBinding);
        message.PermanentKey = permanentKey;
        message.ExpiresAt = (int)expiresAt.ToUnixTimeSeconds();
        message.Reference = BitConverter.ToInt64(nonce);
        TempKeyBinding.Reserve(message);
        return _core.Requests.AddRequest(message, afterRequestId: 0);
    }

    /// <summary>Forgets a request: the handler hears nothing of it any more. If it was sent, the server is told to drop its answer.</summary>
    /// <param name="requestId">The request.</param>
    /// <returns>False if there is no such request, or it is answered.</returns>
    public bool Cancel(long requestId)
    {
        if (_core.Requests.FindRequest(requestId) is not { } message)
        {
            return false;
        }

        if (message.MessageId != 0)
        {
            Call(MessageKind.DropAnswer, RpcDropAnswer.Id, message.MessageId);
        }

        _core.Requests.Complete(message);
        return true;
    }

    /// <summary>Sends <c>destroy_session</c> for another session of this key.</summary>
    /// <param name="sessionId">The other session.</param>
    public void DestroySession(long sessionId) => Call(MessageKind.DestroySession, Tl.Mtproto.DestroySession.Id, sessionId);

    /// <summary>Sends <c>destroy_auth_key</c>, as after signing out.</summary>
    public void DestroyAuthKey()
    {
        var message = _core.Requests.Rent(MessageKind.DestroyAuthKey);
        TlSerializer.Write(message, new DestroyAuthKey());
        _core.Requests.Add(message, urgent: false);
    }

    /// <summary>Asks for salts now; the session does so by itself when they run out.</summary>
    public void RequestFutureSalts() => _housekeeping.QueueSaltRequest();

    /// <summary>Sends a ping now, besides the regular ones.</summary>
    /// <returns>The number <see cref="IClientSessionHandler.OnPong"/> will name.</returns>
    public long Ping() => _housekeeping.QueuePing().Reference;

    /// <summary>Writes the next encrypted payload, if there is anything to send.</summary>
    /// <param name="output">Takes one whole payload, without the transport's framing.</param>
    /// <param name="now">The local time.</param>
    /// <returns>False if nothing was written. Call again until then.</returns>
    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now) => Flush(output, now, out _);

    /// <inheritdoc cref="Flush(IBufferWriter{byte}, DateTimeOffset)"/>
    /// <param name="output">Takes one whole payload, without the transport's framing.</param>
    /// <param name="now">The local time.</param>
    /// <param name="quickAckToken">
    /// What the server sends back at once if the payload is written with the transport's request for a quick acknowledgement
    /// (<see href="https://core.telegram.org/mtproto/mtproto-transports#quick-ack"/>); its highest bit is set.
    /// </param>
    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now, out uint quickAckToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        _core.Observe(now);
        if (_core.Heartbeat.IsPingDue(now))
        {
            _housekeeping.Run(now);
        }

        return _core.Flush(output, now, out quickAckToken);
    }

    /// <summary>
    /// Takes a quick acknowledgement that the transport received and names the requests it is for. The token is not authenticated: it is
    /// good for showing progress, and changes nothing in what is sent again.
    /// </summary>
    /// <param name="quickAckToken">The token.</param>
    /// <param name="handler">Hears of each request that travelled in that payload and is not answered.</param>
    public void ReceiveQuickAck(uint quickAckToken, IClientSessionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (quickAckToken != 0)
        {
            _core.Requests.ForEachInFlight(
                (Token: quickAckToken, Handler: handler),
                static (message, ack) => message.QuickAckToken == ack.Token && message.RequestId != 0,
                static (message, ack) => ack.Handler.OnQuickAcknowledged(message.RequestId));
        }
    }

    /// <summary>Takes a received payload, decrypts it where it lies and tells the handler what is in it.</summary>
    /// <param name="payload">One whole payload, without the transport's framing; overwritten.</param>
    /// <param name="now">The local time.</param>
    /// <param name="handler">Hears what is in it. Only its exceptions leave this method.</param>
    public ReceiveOutcome Receive(Span<byte> payload, DateTimeOffset now, IClientSessionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _core.Observe(now);
        return ClientReceiver.Receive(_core, payload, now, handler);
    }

    /// <summary>
    /// The session goes on over a new connection. What was sent and of which nothing was heard is sent again, under its old identifiers: the
    /// server carries out nothing twice that it remembers.
    /// </summary>
    public void Reconnected()
    {
        _housekeeping.Reconnected();
        _core.Heartbeat.Restart();
    }

    /// <summary>
    /// Whether the server has been silent since a ping for longer than <see cref="ClientSessionOptions.PongTimeout"/>: the connection is
    /// dead, whatever the socket says. <see cref="NextDeadline"/> names that moment; it stays there until the caller reconnects.
    /// </summary>
    /// <param name="now">The local time.</param>
    public bool IsUnresponsive(DateTimeOffset now) => _core.Heartbeat.IsUnresponsive(now);

    /// <summary>Gives rented memory back. The session must not be used afterwards.</summary>
    public void Dispose() => _core.Requests.Clear();

    private void Call(MessageKind kind, uint constructorId, long argument)
    {
        var message = _core.Requests.Rent(kind);
        message.Reference = argument;
        ServiceMessages.Write(message, constructorId, argument);
        _core.Requests.Add(message, urgent: false);
    }

    private void CheckLength(ReadOnlySpan<byte> body)
    {
        if (body.Length < sizeof(uint) || body.Length % sizeof(uint) != 0 || body.Length > _core.Options.MaxRequestBytes)
        {
            throw new ArgumentException($"A request has 4 to {_core.Options.MaxRequestBytes} bytes, a multiple of 4.", nameof(body));
        }
    }
}
