using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Tests.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>The client against servers that do not hold to the protocol.</summary>
[TestFixture]
internal sealed class ClientHandshakeTests
{
    private static readonly Func<ServerDHInnerData, ServerDHInnerData> Honest = data => data;

    private static IEnumerable<TestCaseData> DishonestGroups()
    {
        static TestCaseData Case(string name, HandshakeFailure failure, Func<ServerDHInnerData, ServerDHInnerData> change) =>
            new TestCaseData(failure, change).SetName($"Receive_WhenTheServers{name}_Fails");

        static byte[] Power(int exponent) => [.. new byte[255 - (exponent / 8)], (byte)(1 << (exponent % 8)), .. new byte[exponent / 8]];
        var prime = DhParameters.KnownPrime.ToArray();
        byte[] evenPrime = [.. prime[..^1], (byte)(prime[^1] - 1)];
        byte[] primeMinusOne = evenPrime;
        yield return Case("InnerNonceIsWrong", HandshakeFailure.NonceMismatch, data => With(data, nonce: default(TlInt128)));
        yield return Case("InnerServerNonceIsWrong", HandshakeFailure.NonceMismatch, data => With(data, serverNonce: default(TlInt128)));
        yield return Case("GeneratorIsOne", HandshakeFailure.BadGenerator, data => With(data, g: 1));
        yield return Case("GeneratorDoesNotFit", HandshakeFailure.BadGenerator, data => With(data, g: 2));
        yield return Case("PrimeIsShort", HandshakeFailure.BadPrime, data => With(data, prime: prime[1..]));
        yield return Case("PrimeIsEmpty", HandshakeFailure.BadPrime, data => With(data, prime: []));
        yield return Case("PrimeIsNotPrime", HandshakeFailure.BadPrime, data => With(data, g: 4, prime: [.. prime[..^1], (byte)(prime[^1] ^ 4)]));
        yield return Case("PublicValueIsOne", HandshakeFailure.BadPublicValue, data => With(data, publicValue: [1]));
        yield return Case("PublicValueIsZero", HandshakeFailure.BadPublicValue, data => With(data, publicValue: []));
        yield return Case("PublicValueIsPrimeMinusOne", HandshakeFailure.BadPublicValue, data => With(data, publicValue: primeMinusOne));
        yield return Case("PublicValueIsSmall", HandshakeFailure.BadPublicValue, data => With(data, publicValue: Power(1983)));
        yield return Case("PublicValueIsLong", HandshakeFailure.BadPublicValue, data => With(data, publicValue: [1, .. data.GA]));
    }

    [TestCaseSource(nameof(DishonestGroups))]
    public void Receive_WhenTheGroupIsDishonest(HandshakeFailure failure, Func<ServerDHInnerData, ServerDHInnerData> change)
    {
        var server = new DishonestServer { Change = change };
        Assert.That(server.Fail(), Is.EqualTo(failure));
    }

    [Test]
    public void Receive_WhenTheGroupIsHonest_Goes() => Assert.That(new DishonestServer { Change = Honest }.Fail(), Is.Null);

    [Test]
    public void Receive_WhenTheInnerHashIsWrong_Fails() =>
        Assert.That(new DishonestServer { ChangeAnswer = answer => { answer[3] ^= 1; } }.Fail(), Is.EqualTo(HandshakeFailure.BadHash));

    [Test]
    public void Receive_WhenThePaddingIsTooLong_Fails() =>
        Assert.That(new DishonestServer { ExtraPadding = 16 }.Fail(), Is.EqualTo(HandshakeFailure.BadHash));

    [TestCase("")]
    [TestCase("00")]
    [TestCase("03")]
    [TestCase("0f0000000000000001")]
    [TestCase("7fffffffffffffe7")]
    [TestCase("ffffffffffffffffff")]
    public void ReceiveResPq_WhenPqIsNoProductOfTwoPrimes_Fails(string pq)
    {
        var (handshake, nonce) = Start();
        var answer = new ResPQ { Nonce = nonce, ServerNonce = default, Pq = Hex.Bytes(pq), ServerPublicKeyFingerprints = [TestKeys.Server.PublicKey.Fingerprint] };
        AssertFails(handshake, answer, HandshakeFailure.BadFactors);
    }

    [Test]
    public void ReceiveResPq_WhenNoKeyIsKnown_Fails()
    {
        var (handshake, nonce) = Start();
        AssertFails(handshake, new ResPQ { Nonce = nonce, ServerNonce = default, Pq = [0x0f], ServerPublicKeyFingerprints = [1, 2] }, HandshakeFailure.UnknownKey);
    }

    [Test]
    public void ReceiveResPq_WhenTheNonceIsNotOurs_Fails()
    {
        var (handshake, _) = Start();
        AssertFails(handshake, new ResPQ { Nonce = default, ServerNonce = default, Pq = [0x0f], ServerPublicKeyFingerprints = [1] }, HandshakeFailure.NonceMismatch);
    }

    [Test]
    public void Receive_WhenAnotherMessageComes_Fails()
    {
        var (handshake, nonce) = Start();
        AssertFails(handshake, new DhGenOk { Nonce = nonce, ServerNonce = default, NewNonceHash1 = default }, HandshakeFailure.UnexpectedMessage);
    }

    [Test]
    public void Receive_WhenTheIdentifierIsAClients_Fails()
    {
        var (handshake, _) = Start();
        Assert.That(() => handshake.Receive(Hex.Bytes("0000000000000000 0400000000000000 04000000 63241605"), new ArrayBufferWriter<byte>(), default),
            Throws.TypeOf<HandshakeException>().With.Property(nameof(HandshakeException.Reason)).EqualTo(HandshakeFailure.Malformed));
    }

    [TestCase(0.5)]
    [TestCase(-1)]
    [TestCase(3e9)]
    public void ClientHandshake_WhenTheLifetimeIsImpossible_Throws(double seconds) => Assert.That(
        () => new ClientHandshake([], new ClientHandshakeOptions { ExpiresIn = TimeSpan.FromSeconds(seconds) }, new SeededRandomSource(1)),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Start_WhenStarted_Throws()
    {
        var (handshake, _) = Start();
        Assert.That(() => handshake.Start(new ArrayBufferWriter<byte>(), default), Throws.InvalidOperationException);
        Assert.That(() => handshake.Result, Throws.InvalidOperationException);
    }

    private static ServerDHInnerData With(ServerDHInnerData data, TlInt128? nonce = null, TlInt128? serverNonce = null, int? g = null, byte[]? prime = null, byte[]? publicValue = null) => new()
    {
        Nonce = nonce ?? data.Nonce,
        ServerNonce = serverNonce ?? data.ServerNonce,
        G = g ?? data.G,
        DhPrime = prime ?? data.DhPrime,
        GA = publicValue ?? data.GA,
        ServerTime = data.ServerTime,
    };

    private static (ClientHandshake Handshake, TlInt128 Nonce) Start()
    {
        var output = new ArrayBufferWriter<byte>();
        var handshake = new ClientHandshake([TestKeys.Server.PublicKey], new ClientHandshakeOptions(), new SeededRandomSource(1));
        handshake.Start(output, default);
        return (handshake, new TlInt128(output.WrittenSpan[24..]));
    }

    private static void AssertFails(ClientHandshake handshake, ITlObject answer, HandshakeFailure failure)
    {
        var output = new ArrayBufferWriter<byte>();
        PlainMessage.Write(output, 1, TlSerializer.ToBytes(answer));
        var thrown = Assert.Throws<HandshakeException>(() => handshake.Receive(output.WrittenSpan.ToArray(), new ArrayBufferWriter<byte>(), default));
        Assert.That(thrown!.Reason, Is.EqualTo(failure));
        Assert.That(handshake.State, Is.EqualTo(HandshakeState.Failed));
    }
}
