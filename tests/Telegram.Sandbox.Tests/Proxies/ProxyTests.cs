using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Telegram.Mtproto;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox.Tests.Support;

namespace Telegram.Sandbox.Tests.Proxies;

/// <summary>The sandbox's MTProxy, and those it does not let in. What it does for others, the client's tests show.</summary>
[TestFixture]
internal sealed class ProxyTests
{
    private const string Key = "00112233445566778899aabbccddeeff";
    private const string TlsKey = "ffeeddccbbaa99887766554433221100";

    private static readonly byte[] ReqPq = [.. new byte[8], 0, 0, 0, 0, 1, 0, 0, 0, 20, 0, 0, 0, 0xF1, 0x8E, 0x7E, 0xBE, .. new byte[16]];

    private RunningSandbox _sandbox = null!;

    private IPEndPoint EndPoint => _sandbox.Server.Proxy!.EndPoint;

    private int Connections => _sandbox.Server.Control.Stats().Connections;

    [SetUp]
    public async Task StartAsync() => _sandbox = await RunningSandbox.StartAsync(options =>
    {
        options.ProxyPort = 0;
        options.ProxySecrets.Add($"dd{Key}");
        options.ProxySecrets.Add($"ee{TlsKey}612e6578616d706c65");
    });

    [TearDown]
    public ValueTask StopAsync() => _sandbox.DisposeAsync();

    [TestCase((short)2)]
    [TestCase((short)-3)]
    [TestCase((short)10001)]
    [TestCase((short)-10002)]
    public async Task Connection_WithTheSecretOfAHeader_ReachesTheDataCentreItNames(short dataCenter)
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint, WireKind.Padded);
        using var obfuscation = await SendHeaderAsync(wire, TransportKind.PaddedIntermediate, dataCenter, Key);
        await wire.SendRawAsync(Frame(obfuscation));

        Assert.That(await AnswerAsync(wire, obfuscation), Is.GreaterThan(60), "resPQ came");
    }

    [Test]
    public async Task Connection_WithAGreetingByteByByte_IsLetIn()
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint);
        var client = Greeting(out var hello, TlsKey);
        foreach (var value in hello)
        {
            await wire.SendRawAsync([value]);
        }

        var answer = await ReadAnswerAsync(wire);
        Assert.That(() => client.Verify(answer), Throws.Nothing);
        await wire.SendRawAsync([0x17, 3, 3, 0, 0]);
        Assert.That(await wire.ReceiveRestAsync(), Is.Empty);
        Assert.That(_sandbox.Rejected("proxy_record_empty"), Is.EqualTo(1));
    }

    private static IEnumerable<TestCaseData> Strangers()
    {
        const TransportKind padded = TransportKind.PaddedIntermediate;
        yield return Stranger("a header made with a secret for TLS", "proxy_unknown_secret", () => Header(padded, 2, TlsKey));
        yield return Stranger("a header made for no proxy", "proxy_unknown_secret", () => Header(padded, 2, ""));
        yield return Stranger("another transport", "proxy_wrong_transport", () => Header(TransportKind.Intermediate, 2, Key));
        yield return Stranger("another data centre", "proxy_unknown_data_center", () => Header(padded, 9, Key));
        yield return Stranger("no data centre", "proxy_unknown_data_center", () => Header(padded, 0, Key));
        yield return Stranger("the lowest number", "proxy_unknown_data_center", () => Header(padded, short.MinValue, Key));
        yield return Stranger("a plain transport", "proxy_unknown_secret", () => [0xEE, 0xEE, 0xEE, 0xEE, .. new byte[200]]);
        yield return Stranger("HTTP", "proxy_unknown_secret", () => [.. "GET / HTTP/1.1\r\n"u8, .. new byte[200]]);
        yield return Stranger("a greeting with another secret", "proxy_unknown_secret", () => Hello(Key));
        yield return Stranger("an endless greeting", "proxy_malformed", () => [0x16, 3, 1, 0xFF, 0xFF]);
        yield return Stranger("an old greeting", "proxy_stale", () => Hello(TlsKey, TimeSpan.FromHours(-1)));

        static TestCaseData Stranger(string name, string reason, Func<byte[]> first) =>
            new TestCaseData(first, reason).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Strangers))]
    public async Task Connection_OfAStranger_GetsNoAnswerAndIsClosedAfterItsDeadline(Func<byte[]> first, string reason)
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint);
        await wire.SendRawAsync(first());
        await RunningSandbox.UntilAsync(() => _sandbox.Rejected(reason) == 1);
        await wire.SendRawAsync(RandomNumberGenerator.GetBytes(100_000));
        Assert.That(Connections, Is.EqualTo(1));

        await RunningSandbox.UntilAsync(() =>
        {
            _sandbox.Time.Advance(TimeSpan.FromSeconds(5));
            return Connections == 0;
        });
        Assert.That(await wire.ReceiveRestAsync(), Is.Empty);
        Assert.That(_sandbox.Rejected("handshake_timeout"), Is.EqualTo(1));
        Assert.That(_sandbox.Log.Lines, Has.None.Contain("defect"));
    }

    [Test]
    public async Task Connection_WithAGreetingSeenBefore_GetsNoAnswer()
    {
        Greeting(out var hello, TlsKey);
        await using var first = await ClientWire.ConnectAsync(EndPoint);
        await first.SendRawAsync(hello);
        await ReadAnswerAsync(first);
        await using var second = await ClientWire.ConnectAsync(EndPoint);
        await second.SendRawAsync(hello);

        await RunningSandbox.UntilAsync(() => _sandbox.Rejected("proxy_repeated") == 1);
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(40)]
    [TestCase(300)]
    public async Task Connection_WhichEndsInTheMiddle_IsForgotten(int length)
    {
        Greeting(out var hello, TlsKey);
        await using var wire = await ClientWire.ConnectAsync(EndPoint);
        await wire.SendRawAsync(hello[..length]);
        wire.EndSending();

        Assert.That(await wire.ReceiveRestAsync(), Is.Empty);
        await RunningSandbox.UntilAsync(() => Connections == 0);
        Assert.That(_sandbox.Log.Lines, Has.None.Contain("defect"));
    }

    [Test]
    public async Task Connections_OfManyStrangersAtOnce_LeaveNothingBehind()
    {
        var random = RandomNumberGenerator.GetBytes(600);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            Greeting(out var hello, i % 3 == 0 ? TlsKey : Key);
            await using var wire = await ClientWire.ConnectAsync(EndPoint);
            await wire.SendRawAsync([.. i % 2 == 0 ? hello : random, .. random[..(i * 10)]]);
        }));

        await RunningSandbox.UntilAsync(() => Connections == 0);
        Assert.That(_sandbox.Log.Lines, Has.None.Contain("defect"));
        await _sandbox.Server.DisposeAsync();
    }

    [Test]
    public async Task RestartAsync_WhenItIsOver_HasTheProxyOnTheSamePort()
    {
        var before = EndPoint;
        var restarting = _sandbox.Server.RestartAsync(TimeSpan.Zero);
        await restarting;

        Assert.That(EndPoint, Is.EqualTo(before));
        await using var wire = await ClientWire.ConnectAsync(EndPoint, WireKind.Padded);
        using var obfuscation = await SendHeaderAsync(wire, TransportKind.PaddedIntermediate, 2, Key);
        await wire.SendRawAsync(Frame(obfuscation));
        Assert.That(await AnswerAsync(wire, obfuscation), Is.GreaterThan(60));
    }

    [Test]
    public async Task Proxy_WithoutSecretsGiven_HasANewOneOfEachKindAndALinkForEach()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options.ProxyPort = 0);
        await using var other = await RunningSandbox.StartAsync(options => options.ProxyPort = 0);
        var proxy = sandbox.Server.Proxy!;

        Assert.That(proxy.Secrets.Select(one => one.Kind), Is.EqualTo(Enum.GetValues<ProxySecretKind>()));
        Assert.That(proxy.Secrets.Concat(other.Server.Proxy!.Secrets).Select(one => Convert.ToHexString(one.Key)), Is.Unique);
        var beginning = $"tg://proxy?server=127.0.0.1&port={proxy.EndPoint.Port}&secret=";
        Assert.That(proxy.Links(), Is.EqualTo(proxy.Secrets.Select(one => beginning + one.Reveal())));
        Assert.That(proxy.ToString(), Does.Not.Contain(proxy.Secrets[0].Reveal()));
    }

    [Test]
    public async Task Proxy_WhenNotAskedFor_IsNotThere()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.That(sandbox.Server.Proxy, Is.Null);
    }

    private static byte[] Header(TransportKind kind, short dataCenter, string key)
    {
        var header = new byte[TransportObfuscation.HeaderLength];
        using var obfuscation = TransportObfuscation.CreateClient(
            kind, dataCenter, CryptographicRandomSource.Instance, header, Convert.FromHexString(key));
        return header;
    }

    private static async Task<TransportObfuscation> SendHeaderAsync(ClientWire wire, TransportKind kind, short dataCenter, string key)
    {
        var header = new byte[TransportObfuscation.HeaderLength];
        var obfuscation = TransportObfuscation.CreateClient(
            kind, dataCenter, CryptographicRandomSource.Instance, header, Convert.FromHexString(key));
        await wire.SendRawAsync(header);
        return obfuscation;
    }

    private static byte[] Frame(TransportObfuscation obfuscation)
    {
        byte[] frame = [(byte)ReqPq.Length, 0, 0, 0, .. ReqPq];
        obfuscation.Encrypt(frame);
        return frame;
    }

    private static async Task<int> AnswerAsync(ClientWire wire, TransportObfuscation obfuscation)
    {
        var header = await wire.ReadRawAsync(4);
        obfuscation.Decrypt(header);
        return BinaryPrimitives.ReadInt32LittleEndian(header);
    }

    private static byte[] Hello(string key, TimeSpan late = default)
    {
        Make(key, Start + late, out var hello);
        return hello;
    }

    private static DateTimeOffset Start => new Testing.ManualTimeProvider().GetUtcNow();

    private FakeTlsClientHandshake Greeting(out byte[] hello, string key) => Make(key, _sandbox.Time.GetUtcNow(), out hello);

    private static FakeTlsClientHandshake Make(string key, DateTimeOffset time, out byte[] hello)
    {
        var client = new FakeTlsClientHandshake(ProxySecret.Parse($"ee{key}612e6578616d706c65"), CryptographicRandomSource.Instance);
        hello = new byte[FakeTlsClientHandshake.HelloLength];
        client.Start(hello, time);
        return client;
    }

    private static async Task<byte[]> ReadAnswerAsync(ClientWire wire)
    {
        byte[] answer = [];
        while (FakeTlsClientHandshake.Measure(answer) is var wanted && wanted > answer.Length)
        {
            answer = [.. answer, .. await wire.ReadRawAsync(wanted - answer.Length)];
        }

        return answer;
    }
}
