using System.Buffers;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>
/// A server's side of making authorization keys over one connection (<see href="https://core.telegram.org/mtproto/auth_key"/>), as lenient
/// as Telegram's: both RSA schemes, all four forms of the inner data, <c>req_pq</c> as well as <c>req_pq_multi</c>, any number of exchanges
/// one after another. Strict with nonces, lengths and ranges.
/// </summary>
/// <param name="options">What the server's handshakes have in common.</param>
/// <param name="random">Nonces, primes, the exponent and padding come from it: it must be cryptographically strong.</param>
public sealed class ServerHandshake(ServerHandshakeOptions options, IRandomSource random)
{
    private const int MaxRetries = 5;
    private MessageIdGenerator _ids;
    private ServerKeyExchange? _exchange;
    private int _retries;

    /// <summary>What the last exchange gave; null before <see cref="ServerHandshakeStatus.Completed"/>.</summary>
    public HandshakeResult? Result { get; private set; }

    /// <summary>Why the last message was rejected; null if it was not.</summary>
    public HandshakeFailure? Failure { get; private set; }

    /// <summary>Takes a client's message and writes the answer to it. What a client sends never throws.</summary>
    /// <param name="payload">The payload, without the transport's framing.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="now">The server's time.</param>
    public ServerHandshakeStatus Receive(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            Failure = null;
            Guard.Demand(PlainMessage.TryRead(payload, out _, out var body), HandshakeFailure.Malformed);
            return Dispatch(body, output, now);
        }
        catch (HandshakeException failure)
        {
            Failure = failure.Reason;
        }
        catch (UnknownConstructorException)
        {
            Failure = HandshakeFailure.UnexpectedMessage;
        }
        catch (TlException)
        {
            Failure = HandshakeFailure.Malformed;
        }

        _exchange = null;
        return ServerHandshakeStatus.Rejected;
    }

    /// <summary>Answers <c>req_pq</c> and <c>req_pq_multi</c>; the same question again gets the same answer.</summary>
    private ServerHandshakeStatus ReceiveReqPq(TlInt128 nonce, IBufferWriter<byte> output, DateTimeOffset now)
    {
        if (_exchange is null || _exchange.Nonce != nonce || _exchange.Client is not null)
        {
            _exchange = new ServerKeyExchange(nonce, random);
            _retries = 0;
        }

        return Send(output, _exchange.Challenge(options.Keys), now);
    }

    private ServerHandshakeStatus ReceiveReqDhParams(ReqDHParams request, IBufferWriter<byte> output, DateTimeOffset now)
    {
        var exchange = _exchange ?? throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        return Send(output, exchange.Accept(request, options.Keys, now), now);
    }

    private ServerHandshakeStatus ReceiveSetClientDhParams(SetClientDHParams request, IBufferWriter<byte> output, DateTimeOffset now)
    {
        if (_exchange is not { Client: { } client } exchange)
        {
            throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        }

        var key = exchange.ComputeKey(request, out var isSound);
        if (!isSound)
        {
            _exchange = null;
            return Send(output, exchange.Refuse(key), now);
        }

        if (options.IsKnownKeyId(key.Id))
        {
            Guard.Demand(++_retries <= MaxRetries, HandshakeFailure.TooManyRetries);
            return Send(output, exchange.AskAgain(key), now);
        }

        DateTimeOffset? expiresAt = client.ExpiresIn is { } seconds ? now.AddSeconds(seconds) : null;
        Result = new HandshakeResult(key, exchange.FirstSalt, TimeSpan.Zero, expiresAt, client.DataCenter);
        _exchange = null;
        exchange.Forget();
        Send(output, exchange.Confirm(key), now);
        return ServerHandshakeStatus.Completed;
    }

    private ServerHandshakeStatus Dispatch(ReadOnlySpan<byte> body, IBufferWriter<byte> output, DateTimeOffset now)
    {
        var reader = new TlReader(body);
        switch (reader.PeekUInt32())
        {
            case ReqPq.Id:
                return ReceiveReqPq(ReqPq.Read(ref reader).Nonce, output, now);
            case ReqPqMulti.Id:
                return ReceiveReqPq(ReqPqMulti.Read(ref reader).Nonce, output, now);
            case ReqDHParams.Id:
                return ReceiveReqDhParams(ReqDHParams.Read(ref reader), output, now);
            case SetClientDHParams.Id:
                return ReceiveSetClientDhParams(SetClientDHParams.Read(ref reader), output, now);
            case MsgsAck.Id:
                // Some clients acknowledge here too.
                return ServerHandshakeStatus.Ignored;
            default:
                throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        }
    }

    private ServerHandshakeStatus Send(IBufferWriter<byte> output, ITlObject answer, DateTimeOffset now)
    {
        PlainMessage.Write(output, _ids.Next(now, MessageId.ServerAnswer), TlSerializer.ToBytes(answer));
        return ServerHandshakeStatus.Continue;
    }
}
