using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session.Wire;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>
/// A client's side of making an authorization key: three questions, three answers, each checked as the
/// <see href="https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange">security guidelines</see> demand
/// (<see href="https://core.telegram.org/mtproto/auth_key"/>). It has no socket and no clock of its own.
/// </summary>
/// <param name="keys">The server keys the client trusts.</param>
/// <param name="options">What is wanted.</param>
/// <param name="random">Nonces, the exponent and padding come from it: it must be cryptographically strong.</param>
public sealed class ClientHandshake(IReadOnlyList<RsaPublicKey> keys, ClientHandshakeOptions options, IRandomSource random)
{
    private const int MaxRetries = 5;
    private readonly ClientHandshakeOptions _options = Check(options);
    private MessageIdGenerator _ids;
    private TlInt128 _nonce;
    private ClientKeyExchange? _exchange;
    private TimeSpan _timeOffset;
    private HandshakeResult? _result;
    private int _retries;

    /// <summary>How far it is. Whatever throws makes it <see cref="HandshakeState.Failed"/>.</summary>
    public HandshakeState State { get; private set; }

    /// <summary>What it gave.</summary>
    /// <exception cref="InvalidOperationException">It is not completed.</exception>
    public HandshakeResult Result => _result ?? throw new InvalidOperationException("The handshake is not completed.");

    /// <summary>Writes <c>req_pq_multi</c>.</summary>
    /// <param name="output">Takes the payload.</param>
    /// <param name="now">The local time.</param>
    public void Start(IBufferWriter<byte> output, DateTimeOffset now)
    {
        Begin(HandshakeState.Created);
        Span<byte> nonce = stackalloc byte[TlInt128.Size];
        random.Fill(nonce);
        _nonce = new TlInt128(nonce);
        Send(output, new ReqPqMulti { Nonce = _nonce }, now);
        State = HandshakeState.AwaitingResPq;
    }

    /// <summary>Takes the server's next message and writes the answer to it.</summary>
    /// <param name="payload">The payload, without the transport's framing.</param>
    /// <param name="output">Takes the answer, if there is one.</param>
    /// <param name="now">The local time.</param>
    /// <returns>Whether the handshake is completed; then nothing was written.</returns>
    /// <exception cref="HandshakeException">The server's message is wrong, or a refusal.</exception>
    public bool Receive(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, DateTimeOffset now)
    {
        switch (State)
        {
            case HandshakeState.AwaitingResPq:
                ReceiveResPq(payload, output, now);
                return false;
            case HandshakeState.AwaitingDhParams:
                ReceiveServerDhParams(payload, output, now);
                return false;
            default:
                return ReceiveDhAnswer(payload, output, now);
        }
    }

    /// <summary>Takes <c>resPQ</c> and writes <c>req_DH_params</c>.</summary>
    /// <inheritdoc cref="Receive"/>
    public void ReceiveResPq(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, DateTimeOffset now)
    {
        Begin(HandshakeState.AwaitingResPq);
        var answer = Guard.Read(payload, static (ref TlReader reader) => ResPQ.Read(ref reader));
        Guard.Demand(answer.Nonce == _nonce, HandshakeFailure.NonceMismatch);
        var key = ChooseKey(answer.ServerPublicKeyFingerprints);
        Guard.Demand(PqFactorization.TryFactorize(answer.Pq, out var p, out var q), HandshakeFailure.BadFactors);
        _exchange = new ClientKeyExchange(_nonce, answer.ServerNonce, random);
        Send(output, _exchange.Request(key, answer.Pq, p, q, _options), now);
        State = HandshakeState.AwaitingDhParams;
    }

    /// <summary>Takes <c>server_DH_params_ok</c> and writes <c>set_client_DH_params</c>.</summary>
    /// <inheritdoc cref="Receive"/>
    public void ReceiveServerDhParams(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, DateTimeOffset now)
    {
        Begin(HandshakeState.AwaitingDhParams);
        switch (Guard.Read(payload, static (ref TlReader reader) => IServerDHParams.Read(ref reader)))
        {
            case ServerDHParamsOk ok:
                _exchange!.CheckNonces(ok.Nonce, ok.ServerNonce);
                _exchange.AcceptGroup(ok.EncryptedAnswer);
                _timeOffset = _exchange.ServerTime - now;
                Send(output, _exchange.Reply(retryId: 0), now);
                State = HandshakeState.AwaitingDhAnswer;
                break;
            case ServerDHParamsFail fail:
                _exchange!.CheckNonces(fail.Nonce, fail.ServerNonce);
                _exchange.CheckHash(fail.NewNonceHash);
                throw new HandshakeException(HandshakeFailure.Refused);
            default:
                throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        }
    }

    /// <summary>Takes <c>dh_gen_ok</c>, or <c>dh_gen_retry</c> and writes <c>set_client_DH_params</c> once more.</summary>
    /// <inheritdoc cref="Receive"/>
    public bool ReceiveDhAnswer(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, DateTimeOffset now)
    {
        Begin(HandshakeState.AwaitingDhAnswer);
        var answer = Guard.Read(payload, static (ref TlReader reader) => ISetClientDHParamsAnswer.Read(ref reader));
        var key = _exchange!.ComputeKey();
        switch (answer)
        {
            case DhGenOk ok:
                Check(ok.Nonce, ok.ServerNonce, ok.NewNonceHash1, 1, key);
                Complete(key);
                return true;
            case DhGenRetry retry:
                Check(retry.Nonce, retry.ServerNonce, retry.NewNonceHash2, 2, key);
                Guard.Demand(++_retries <= MaxRetries, HandshakeFailure.TooManyRetries);
                Send(output, _exchange.Reply(key.AuxHash), now);
                State = HandshakeState.AwaitingDhAnswer;
                key.Dispose();
                return false;
            case DhGenFail fail:
                Check(fail.Nonce, fail.ServerNonce, fail.NewNonceHash3, 3, key);
                key.Dispose();
                throw new HandshakeException(HandshakeFailure.Refused);
            default:
                throw new HandshakeException(HandshakeFailure.UnexpectedMessage);
        }
    }

    private static ClientHandshakeOptions Check(ClientHandshakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ExpiresIn is { Ticks: < TimeSpan.TicksPerSecond } or { TotalSeconds: > int.MaxValue }
            ? throw new ArgumentOutOfRangeException(nameof(options), "A temporary key lives for 1 to 2147483647 seconds.")
            : options;
    }

    private RsaPublicKey ChooseKey(long[] fingerprints)
    {
        foreach (var fingerprint in fingerprints)
        {
            foreach (var key in keys)
            {
                if (key.Fingerprint == fingerprint)
                {
                    return key;
                }
            }
        }

        throw new HandshakeException(HandshakeFailure.UnknownKey);
    }

    private void Check(TlInt128 nonce, TlInt128 serverNonce, TlInt128 newNonceHash, byte number, AuthKey key)
    {
        _exchange!.CheckNonces(nonce, serverNonce);
        _exchange.CheckHash(newNonceHash, number, key);
    }

    private void Complete(AuthKey key)
    {
        DateTimeOffset? expiresAt = _options.ExpiresIn is { } lifetime ? _exchange!.ServerTime + lifetime : null;
        _result = new HandshakeResult(key, _exchange!.FirstSalt, _timeOffset, expiresAt, _options.DataCenter);
        _exchange.Forget();
        _exchange = null;
        State = HandshakeState.Completed;
    }

    private void Send(IBufferWriter<byte> output, ITlObject request, DateTimeOffset now) =>
        PlainMessage.Write(output, _ids.Next(now, MessageId.FromClient), TlSerializer.ToBytes(request));

    /// <summary>Counts as failed until the step is done.</summary>
    private void Begin(HandshakeState expected)
    {
        if (State != expected)
        {
            throw new InvalidOperationException($"The handshake is not in the state {expected}.");
        }

        State = HandshakeState.Failed;
    }
}
