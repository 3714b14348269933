using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Server;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session;

/// <summary>
/// A server's side of one session (one key, one session identifier): takes payloads and gives requests, takes answers and gives payloads.
/// It checks as Telegram does, and is as lenient (<see href="https://core.telegram.org/mtproto/service_messages_about_messages"/>).
/// </summary>
/// <remarks>Not thread-safe: one caller at a time. What a client sends never throws here; only the handler's exceptions leave the methods.</remarks>
public sealed class ServerSession : IDisposable
{
    private readonly ServerCore _core;

    /// <summary>Makes the session for a client's first message in it.</summary>
    /// <param name="authKey">The key; it stays the caller's.</param>
    /// <param name="sessionId">The identifier the client has chosen.</param>
    /// <param name="salts">The salts of the key.</param>
    /// <param name="options">How the session behaves.</param>
    /// <param name="random">Padding and the session's unique number come from it.</param>
    public ServerSession(AuthKey authKey, long sessionId, ServerSalts salts, ServerSessionOptions options, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(authKey);
        ArgumentNullException.ThrowIfNull(salts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> uniqueId = stackalloc byte[sizeof(long)];
        random.Fill(uniqueId);
        _core = new ServerCore(authKey, sessionId, BitConverter.ToInt64(uniqueId), salts, options, random);
    }

    /// <summary>The identifier the client has chosen.</summary>
    public long SessionId => _core.SessionId;

    /// <summary>The number of this making of the session.</summary>
    public long UniqueId => _core.UniqueId;

    /// <summary>
    /// When <see cref="Flush"/> must be called at the latest, or the connection closed (<see cref="DisconnectAt"/>);
    /// <see cref="DateTimeOffset.MinValue"/> for at once.
    /// </summary>
    public DateTimeOffset NextDeadline
    {
        get
        {
            if (_core.Outbox.HasQueued)
            {
                return DateTimeOffset.MinValue;
            }

            return _core.AcksDueAt < DisconnectAt ? _core.AcksDueAt : DisconnectAt;
        }
    }

    /// <summary>When the connection is to be closed, by the last <c>ping_delay_disconnect</c>; <see cref="DateTimeOffset.MaxValue"/> for never.</summary>
    public DateTimeOffset DisconnectAt => _core.DisconnectAt;

    /// <summary>How many messages are queued, or sent and not acknowledged.</summary>
    public int UnacknowledgedMessages => _core.Outbox.Count;

    /// <summary>Takes a message that <see cref="EncryptedMessage.TryOpen"/> has opened.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="handler">Hears what is in it.</param>
    public ReceiveOutcome Receive(in DecryptedMessage message, DateTimeOffset now, IServerSessionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (message.Header.SessionId != SessionId)
        {
            return ReceiveOutcome.Reject(RejectReason.WrongSession);
        }

        var incoming = new IncomingMessage(message.Header.MessageId, message.Header.SequenceNumber, message.Body, now);
        var isRepeat = _core.Received.Check(incoming.MessageId) == Receipt.Duplicate;
        var reason = ServerReceiver.Receive(_core, in incoming, message.Header.Salt, handler);
        return reason != RejectReason.None ? ReceiveOutcome.Reject(reason) : isRepeat ? ReceiveOutcome.Duplicate : ReceiveOutcome.Accepted;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="requestMessageId">The request.</param>
    /// <param name="result">The answer, from its constructor number on; packed when that makes it smaller.</param>
    /// <returns>False if the request does not wait for an answer: unknown, answered or dropped.</returns>
    public bool SendResult(long requestMessageId, ReadOnlySpan<byte> result)
    {
        if (!_core.StopRequest(requestMessageId))
        {
            return false;
        }

        var answer = _core.RentAnswer(requestMessageId);
        Packing.Write(answer, result, _core.Options.CompressAbove);
        _core.SendAnswer(answer);
        return true;
    }

    /// <summary>Answers a request with <c>rpc_error</c>.</summary>
    /// <param name="requestMessageId">The request.</param>
    /// <param name="code">The code, as 420.</param>
    /// <param name="message">The message, as <c>FLOOD_WAIT_3</c>.</param>
    /// <returns>False if the request does not wait for an answer.</returns>
    public bool SendError(long requestMessageId, int code, string message)
    {
        if (!_core.StopRequest(requestMessageId))
        {
            return false;
        }

        var answer = _core.RentAnswer(requestMessageId);
        var writer = new TlWriter(answer);
        writer.WriteUInt32(RpcError.Id);
        writer.WriteInt32(code);
        writer.WriteString(message);
        writer.Flush();
        _core.SendAnswer(answer);
        return true;
    }

    /// <summary>Ends a request that gets no answer, now or later; it counts as running no longer.</summary>
    /// <param name="requestMessageId">The request.</param>
    /// <returns>False if the request does not wait for an answer.</returns>
    public bool EndUnanswered(long requestMessageId) => _core.StopRequest(requestMessageId);

    /// <summary>Sends updates; they are kept until the client acknowledges them, as far as there is room.</summary>
    /// <param name="update">An object of the type <c>Updates</c>, from its constructor number on; packed when that makes it smaller.</param>
    public void SendUpdate(ReadOnlySpan<byte> update)
    {
        var push = _core.Outbox.Rent(MessageKind.Push);
        Packing.Write(push, update, _core.Options.CompressAbove);
        _core.Retain(push);
    }

    /// <summary>What is known of a request, as <c>invokeAfterMsg</c> must know.</summary>
    /// <param name="requestMessageId">The request.</param>
    public RequestState GetRequestState(long requestMessageId)
    {
        if (_core.IsRunning(requestMessageId))
        {
            return RequestState.Running;
        }

        return _core.Received.Check(requestMessageId) == Receipt.Duplicate ? RequestState.Answered : RequestState.Unknown;
    }

    /// <summary>Writes the next encrypted payload, if there is anything to send.</summary>
    /// <param name="output">Takes one whole payload, without the transport's framing.</param>
    /// <param name="now">The server's time.</param>
    /// <returns>False if nothing was written. Call again until then.</returns>
    public bool Flush(IBufferWriter<byte> output, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(output);
        return _core.Flush(output, now);
    }

    /// <summary>The session goes on over another connection: what the client has not acknowledged is sent again.</summary>
    public void Reconnected()
    {
        _core.DisconnectAt = DateTimeOffset.MaxValue;
        _core.Outbox.ForEachInFlight(
            _core.Outbox,
            static (message, _) => !message.IsQueued,
            static (message, outbox) => outbox.SendAgain(message, sameIdentity: true));
    }

    /// <summary>Gives rented memory back. The session must not be used afterwards.</summary>
    public void Dispose() => _core.Outbox.Clear();
}
