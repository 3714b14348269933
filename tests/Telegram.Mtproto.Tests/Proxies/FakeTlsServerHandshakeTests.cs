using System.Buffers;
using Telegram.Mtproto.Proxies;

namespace Telegram.Mtproto.Tests.Proxies;

internal sealed class FakeTlsServerHandshakeTests
{
    private readonly SeededRandomSource _random = new(61);
    private FakeTlsServerHandshake _server = null!;
    private ArrayBufferWriter<byte> _answer = null!;

    [SetUp]
    public void Create()
    {
        _server = new FakeTlsServerHandshake(
        [
            ProxySecret.Create(ProxySecretKind.Plain, _random),
            ProxySecret.Create(ProxySecretKind.FakeTls, _random, "other.example"),
            FakeTlsVectors.Secret,
        ]);
        _answer = new ArrayBufferWriter<byte>();
    }

    [Test]
    public void Receive_WhenTheGreetingWasComputedElsewhere_AcceptsIt()
    {
        Assert.That(Receive(FakeTlsVectors.ForeignHello(), out var secret), Is.EqualTo(FakeTlsHelloStatus.Accepted));
        Assert.That(secret, Is.SameAs(FakeTlsVectors.Secret));
    }

    [Test]
    public void Receive_WhenItIsOurClients_AnswersWhatTheClientAccepts()
    {
        var client = new FakeTlsClientHandshake(FakeTlsVectors.Secret, _random);
        var hello = new byte[FakeTlsClientHandshake.HelloLength];
        for (var i = 0; i < 20; i++)
        {
            client.Start(hello, FakeTlsVectors.Time);
            _answer.ResetWrittenCount();
            Assert.That(Receive(hello, out _), Is.EqualTo(FakeTlsHelloStatus.Accepted));
            Assert.That(() => client.Verify(_answer.WrittenSpan.ToArray()), Throws.Nothing);
        }
    }

    [Test]
    public void Receive_WhenBytesFollowTheGreeting_LeavesThem()
    {
        var buffer = Sequences.Bytewise([.. FakeTlsVectors.ForeignHello(), 1, 2, 3]);

        Assert.That(_server.Receive(ref buffer, FakeTlsVectors.Time, _random, _answer, out _), Is.EqualTo(FakeTlsHelloStatus.Accepted));
        Assert.That(buffer.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void Receive_WhenCutAnywhere_WaitsForTheRest()
    {
        foreach (var hello in new[] { FakeTlsVectors.ForeignHello(), FakeTlsVectors.Hello(FakeTlsVectors.Time) })
        {
            for (var length = 0; length < hello.Length; length++)
            {
                Assert.That(Receive(hello[..length], out _), Is.EqualTo(FakeTlsHelloStatus.NeedMoreData), $"{length} bytes");
            }
        }

        Assert.That(_answer.WrittenCount, Is.Zero);
    }

    [Test]
    public void Receive_WhenAnyByteIsAnother_DoesNotAccept()
    {
        for (var i = 0; i < FakeTlsVectors.ForeignHello().Length; i++)
        {
            // The last four of the random bytes hold the time; the lowest bits of it may well be others.
            const int lowestByteOfTime = 39;
            var forged = FakeTlsVectors.ForeignHello();
            forged[i] ^= 0x80;
            var isAccepted = Receive(forged, out _) == FakeTlsHelloStatus.Accepted;
            Assert.That(isAccepted, Is.EqualTo(i == lowestByteOfTime), $"byte {i}");
        }
    }

    [TestCase(0, FakeTlsHelloStatus.Accepted)]
    [TestCase(599, FakeTlsHelloStatus.Accepted)]
    [TestCase(-599, FakeTlsHelloStatus.Accepted)]
    [TestCase(601, FakeTlsHelloStatus.Stale)]
    [TestCase(-601, FakeTlsHelloStatus.Stale)]
    [TestCase(-1_800_000_000, FakeTlsHelloStatus.Stale)]
    public void Receive_WhenTheTimeIsAnother_AcceptsMinutesOnly(int seconds, FakeTlsHelloStatus expected) =>
        Assert.That(Receive(FakeTlsVectors.Hello(FakeTlsVectors.Time.AddSeconds(seconds)), out _), Is.EqualTo(expected));

    [Test]
    public void Receive_WhenAGreetingComesAgain_RefusesItAsLongAsItIsNotStale()
    {
        var hello = FakeTlsVectors.Hello(FakeTlsVectors.Time.AddMinutes(9));
        Assert.That(Receive(hello, out _), Is.EqualTo(FakeTlsHelloStatus.Accepted));
        Assert.That(Receive(hello, out _), Is.EqualTo(FakeTlsHelloStatus.Repeated));
        Assert.That(Receive(hello, out _, FakeTlsVectors.Time.AddMinutes(18.9)), Is.EqualTo(FakeTlsHelloStatus.Repeated));
        Assert.That(Receive(hello, out _, FakeTlsVectors.Time.AddMinutes(20)), Is.EqualTo(FakeTlsHelloStatus.Stale));
    }

    [Test]
    public void Receive_WhenNobodyKnowsItsSecret_GivesNoAnswer()
    {
        var hello = FakeTlsVectors.Hello(FakeTlsVectors.Time, secret: ProxySecret.Create(ProxySecretKind.FakeTls, _random, "www.example.com"));

        Assert.That(Receive(hello, out var secret), Is.EqualTo(FakeTlsHelloStatus.UnknownSecret));
        Assert.That(secret, Is.Null);
        Assert.That(_answer.WrittenCount, Is.Zero);
    }

    [TestCase("1603030200")]
    [TestCase("1602")]
    [TestCase("17")]
    [TestCase("474554202F")]
    [TestCase("1603010000")]
    [TestCase("1603010046")]
    [TestCase("1603011000")]
    [TestCase("160301FFFF")]
    public void Receive_WhenItBeginsLikeNoGreeting_RefusesAtOnce(string hex) =>
        Assert.That(Receive(Convert.FromHexString(hex), out _), Is.EqualTo(FakeTlsHelloStatus.Malformed));

    [TestCase(5, 2)]
    [TestCase(8, 0)]
    [TestCase(43, 33)]
    [TestCase(43, 255)]
    public void Receive_WhenLengthsDisagree_Refuses(int at, byte value)
    {
        var hello = FakeTlsVectors.ForeignHello();
        hello[at] = value;

        Assert.That(Receive(hello, out _), Is.EqualTo(FakeTlsHelloStatus.Malformed));
    }

    [Test]
    public void Receive_WhenGivenNoise_NeverAcceptsNorThrows()
    {
        for (var i = 0; i < 3000; i++)
        {
            byte[] noise = [.. FakeTlsVectors.ForeignHello()[..(i % 60)], .. _random.Bytes(_random.Next(6000))];
            Assert.That(Receive(noise, out _), Is.Not.EqualTo(FakeTlsHelloStatus.Accepted));
        }
    }

    [Test]
    public void TryAdd_WhenVeryManyCome_ForgetsTheOldestOnly()
    {
        var recent = new RecentGreetings(TimeSpan.FromMinutes(20));
        for (var i = 0; i <= RecentGreetings.Capacity; i++)
        {
            Assert.That(recent.TryAdd(Greeting(i), FakeTlsVectors.Time), Is.True);
        }

        Assert.That(recent.TryAdd(Greeting(RecentGreetings.Capacity), FakeTlsVectors.Time), Is.False);
        Assert.That(recent.TryAdd(Greeting(0), FakeTlsVectors.Time), Is.True);

        static byte[] Greeting(int i) => [.. BitConverter.GetBytes(i), .. new byte[28]];
    }

    private FakeTlsHelloStatus Receive(byte[] received, out ProxySecret? secret, DateTimeOffset? now = null)
    {
        var buffer = new ReadOnlySequence<byte>(received);
        return _server.Receive(ref buffer, now ?? FakeTlsVectors.Time, _random, _answer, out secret);
    }
}
