using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Tests.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>The server against the clients that are in use, and against some that should not be.</summary>
[TestFixture]
internal sealed class ServerHandshakeTests
{
    private static readonly TlInt128 Nonce = new(new SeededRandomSource(11).Bytes(16));
    private static readonly TlInt256 NewNonce = new(new SeededRandomSource(12).Bytes(32));
    private readonly ArrayBufferWriter<byte> _output = new();
    private ServerHandshake _server = null!;

    [SetUp]
    public void SetUp() => _server = new ServerHandshake(new ServerHandshakeOptions { Keys = [TestKeys.Server] }, new SeededRandomSource(13));

    [Test]
    public void Receive_WhenAskedForPq_AnswersWithAnOddIdAndOurKey([Values] bool multi)
    {
        ITlObject request = multi ? new ReqPqMulti { Nonce = Nonce } : new ReqPq { Nonce = Nonce };
        Assert.That(Send(request), Is.EqualTo(ServerHandshakeStatus.Continue));
        Assert.That(_output.WrittenSpan[8] % 4, Is.EqualTo(1));
        var challenge = Take<ResPQ>(ResPQ.Read);
        Assert.That(challenge.Nonce, Is.EqualTo(Nonce));
        Assert.That(challenge.ServerPublicKeyFingerprints, Is.EqualTo([TestKeys.Server.PublicKey.Fingerprint]));
        Assert.That(challenge.Pq, Has.Length.EqualTo(8).And.ItemAt(0).LessThan(0x80));
        Assert.That(PqFactorization.TryFactorize(challenge.Pq, out _, out _), Is.True);
    }

    [Test]
    public void Receive_WhenAskedForPqAgain_RepeatsItsAnswer()
    {
        Send(new ReqPqMulti { Nonce = Nonce });
        var first = Take<ResPQ>(ResPQ.Read);
        Send(new ReqPqMulti { Nonce = Nonce });
        Assert.That(Take<ResPQ>(ResPQ.Read).ServerNonce, Is.EqualTo(first.ServerNonce));
        Send(new ReqPqMulti { Nonce = default });
        Assert.That(Take<ResPQ>(ResPQ.Read).ServerNonce, Is.Not.EqualTo(first.ServerNonce));
    }

    [Test]
    public void Receive_WhenTheInnerDataHasAnyForm_Answers([Values(0, 1, 2, 3)] int form, [Values] bool hashed, [Values(0, -10002)] int dataCenter)
    {
        var challenge = Challenge();
        var answer = Answer(challenge, data => Encrypt(data, hashed), form, dataCenter);
        Assert.That(answer, Is.EqualTo(ServerHandshakeStatus.Continue), $"{_server.Failure}");
        var ok = (ServerDHParamsOk)Take<IServerDHParams>(IServerDHParams.Read);
        var group = new HashedData(NewNonce, challenge.ServerNonce).Open(ok.EncryptedAnswer, ServerDHInnerData.Read, out var isAuthentic);
        Assert.That(isAuthentic, Is.True);
        Assert.That((group.G, group.DhPrime.Length, group.GA.Length, group.ServerTime), Is.EqualTo((3, 256, 256, 1_768_478_400)));
    }

    [Test]
    public void Receive_WhenTheFactorsAreSwapped_Rejects()
    {
        var challenge = Challenge();
        PqFactorization.TryFactorize(challenge.Pq, out var p, out var q);
        Assert.That(Request(challenge, q, p, Encrypt(Inner(challenge, p, q, 1, 2), hashed: false)), Is.EqualTo(ServerHandshakeStatus.Rejected));
        Assert.That(_server.Failure, Is.EqualTo(HandshakeFailure.BadFactors));
    }

    [Test]
    public void Receive_WhenTheDataIsEncryptedForNobody_Rejects()
    {
        Assert.That(Answer(Challenge(), _ => new byte[256], 1, 2), Is.EqualTo(ServerHandshakeStatus.Rejected));
        Assert.That(_server.Failure, Is.EqualTo(HandshakeFailure.Undecryptable));
    }

    [Test]
    public void Receive_WhenTheInnerNonceIsWrong_Rejects()
    {
        var challenge = Challenge();
        PqFactorization.TryFactorize(challenge.Pq, out var p, out var q);
        var other = new ResPQ { Nonce = Nonce, ServerNonce = default, Pq = challenge.Pq, ServerPublicKeyFingerprints = challenge.ServerPublicKeyFingerprints };
        Assert.That(Request(challenge, p, q, Encrypt(Inner(other, p, q, 1, 2), hashed: false)), Is.EqualTo(ServerHandshakeStatus.Rejected));
        Assert.That(_server.Failure, Is.EqualTo(HandshakeFailure.NonceMismatch));
    }

    [TestCase(true, false, null)]
    [TestCase(false, true, null)]
    [TestCase(false, false, HandshakeFailure.BadPublicValue)]
    public void Receive_WhenTheClientsValueIsUnsound_DoesNotConfirmIt(bool wrongHash, bool wrongRetry, HandshakeFailure? failure)
    {
        var challenge = Challenge();
        Answer(challenge, data => Encrypt(data, hashed: false), 1, 2);
        Take<IServerDHParams>(IServerDHParams.Read);
        byte[] value = failure is null ? [0x30, .. new SeededRandomSource(14).Bytes(255)] : [2];
        var inner = new ClientDHInnerData { Nonce = Nonce, ServerNonce = challenge.ServerNonce, RetryId = wrongRetry ? 5 : 0, GB = value };
        var data = new HashedData(NewNonce, challenge.ServerNonce).Seal(inner, new SeededRandomSource(15));
        data[^1] ^= wrongHash ? (byte)1 : (byte)0;
        var status = Send(new SetClientDHParams { Nonce = Nonce, ServerNonce = challenge.ServerNonce, EncryptedData = data });
        Assert.That(_server.Failure, Is.EqualTo(failure));
        Assert.That(_server.Result, Is.Null);
        if (failure is null)
        {
            Assert.That(status, Is.EqualTo(ServerHandshakeStatus.Continue));
            Assert.That(Take<ISetClientDHParamsAnswer>(ISetClientDHParamsAnswer.Read), Is.TypeOf<DhGenFail>());
        }
    }

    [Test]
    public void Receive_WhenStepsComeOutOfOrder_Rejects()
    {
        var request = new SetClientDHParams { Nonce = Nonce, ServerNonce = default, EncryptedData = new byte[336] };
        Assert.That(Send(request), Is.EqualTo(ServerHandshakeStatus.Rejected));
        Assert.That(_server.Failure, Is.EqualTo(HandshakeFailure.UnexpectedMessage));
        Challenge();
        Assert.That(Send(request), Is.EqualTo(ServerHandshakeStatus.Rejected));
    }

    [Test]
    public void Receive_WhenAcknowledgedInPlainText_IgnoresIt() =>
        Assert.That(Send(new MsgsAck { MsgIds = [1] }), Is.EqualTo(ServerHandshakeStatus.Ignored));

    [Test]
    public void Receive_WhenGivenNoise_RejectsEveryTime()
    {
        var noise = new SeededRandomSource(16);
        for (var i = 0; i < 3000; i++)
        {
            var payload = noise.Bytes(noise.Next(400));
            if (payload.Length >= 24 && i % 2 == 0)
            {
                payload.AsSpan(0, 8).Clear();
                Hex.Bytes(Hex.Of((payload.Length - 20) & ~3)).CopyTo(payload, 16);
                Hex.Bytes((i % 8) switch { 0 => "f18e7ebe", 2 => "bee412d7", 4 => "1f5f04f5", _ => "78974660" }).CopyTo(payload, 20);
            }

            var status = _server.Receive(payload, _output, default);
            Assert.That(status, Is.EqualTo(ServerHandshakeStatus.Rejected).Or.EqualTo(ServerHandshakeStatus.Continue));
            _output.ResetWrittenCount();
        }
    }

    private static byte[] Encrypt(byte[] data, bool hashed)
    {
        var encrypted = new byte[256];
        if (hashed)
        {
            RsaHashed.Encrypt(TestKeys.Server.PublicKey, data, new SeededRandomSource(17), encrypted);
        }
        else
        {
            RsaPad.Encrypt(TestKeys.Server.PublicKey, data, new SeededRandomSource(17), encrypted);
        }

        return encrypted;
    }

    private static byte[] Inner(ResPQ challenge, ulong p, ulong q, int form, int dataCenter)
    {
        var (pq, pBytes, qBytes, serverNonce) = (challenge.Pq, ProofOfWork.ToBytes(p), ProofOfWork.ToBytes(q), challenge.ServerNonce);
        return TlSerializer.ToBytes(form switch
        {
            0 => new PQInnerData { Pq = pq, P = pBytes, Q = qBytes, Nonce = Nonce, ServerNonce = serverNonce, NewNonce = NewNonce },
            1 => new PQInnerDataDc { Pq = pq, P = pBytes, Q = qBytes, Nonce = Nonce, ServerNonce = serverNonce, NewNonce = NewNonce, Dc = dataCenter },
            2 => new PQInnerDataTemp { Pq = pq, P = pBytes, Q = qBytes, Nonce = Nonce, ServerNonce = serverNonce, NewNonce = NewNonce, ExpiresIn = 60 },
            _ => (ITlObject)new PQInnerDataTempDc
            {
                Pq = pq,
                P = pBytes,
                Q = qBytes,
                Nonce = Nonce,
                ServerNonce = serverNonce,
                NewNonce = NewNonce,
                Dc = dataCenter,
                ExpiresIn = 60,
            },
        });
    }

    private ResPQ Challenge()
    {
        Send(new ReqPqMulti { Nonce = Nonce });
        return Take<ResPQ>(ResPQ.Read);
    }

    private ServerHandshakeStatus Answer(ResPQ challenge, Func<byte[], byte[]> encrypt, int form, int dataCenter)
    {
        PqFactorization.TryFactorize(challenge.Pq, out var p, out var q);
        return Request(challenge, p, q, encrypt(Inner(challenge, p, q, form, dataCenter)));
    }

    private ServerHandshakeStatus Request(ResPQ challenge, ulong p, ulong q, byte[] encrypted) => Send(new ReqDHParams
    {
        Nonce = Nonce,
        ServerNonce = challenge.ServerNonce,
        P = ProofOfWork.ToBytes(p),
        Q = ProofOfWork.ToBytes(q),
        PublicKeyFingerprint = TestKeys.Server.PublicKey.Fingerprint,
        EncryptedData = encrypted,
    });

    private ServerHandshakeStatus Send(ITlObject message)
    {
        var payload = new ArrayBufferWriter<byte>();
        PlainMessage.Write(payload, 4, TlSerializer.ToBytes(message));
        _output.ResetWrittenCount();
        return _server.Receive(payload.WrittenSpan, _output, new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    }

    private T Take<T>(HashedData.Reader<T> read)
    {
        Assert.That(PlainMessage.TryRead(_output.WrittenSpan, out _, out var body), Is.True);
        var reader = new TlReader(body);
        var message = read(ref reader);
        Assert.That(reader.IsAtEnd, Is.True);
        return message;
    }
}
