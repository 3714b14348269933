using System.Net;
using System.Net.Sockets;
using Telegram.Mtproto.Proxies;
using Testing;

namespace Telegram.Client.Tests.Proxies;

/// <summary>What becomes of proxies that do what they should not, and of those that do what they should.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProxyConnectorTests
{
    private const string Password = "correct horse";
    private const string Key = "00112233445566778899aabbccddeeff";

    private readonly ManualTimeProvider _time = new();

    private static IEnumerable<TestCaseData> Greetings()
    {
        var (user, word) = (new string('u', 255), new string('p', 255));
        yield return Greeting(ProxyScripts.Socks5(), port => new Socks5Proxy("127.0.0.1", port));
        yield return Greeting(ProxyScripts.Socks5(), port => new Socks5Proxy("localhost", port, "anna", Password));
        yield return Greeting(ProxyScripts.Socks5("анна", Password), port => new Socks5Proxy("127.0.0.1", port, "анна", Password));
        yield return Greeting(ProxyScripts.Socks5(user, word, slowly: true), port => new Socks5Proxy("127.0.0.1", port, user, word));
        yield return Greeting(ProxyScripts.HttpConnect(), port => new HttpProxy("localhost", port));
        yield return Greeting(
            ProxyScripts.HttpConnect($"анна:{Password}", slowly: true), port => new HttpProxy("127.0.0.1", port, "анна", Password));

        static TestCaseData Greeting(ProxyScript script, Func<int, ProxyOptions> options) => new(script, options);
    }

    [TestCaseSource(nameof(Greetings))]
    public async Task ConnectAsync_ThroughAProxy_ReachesTheTarget(ProxyScript script, Func<int, ProxyOptions> options)
    {
        await using var proxy = new LoopbackProxy(script);
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        await using var stream = await Connector(options(proxy.Port)).ConnectAsync((IPEndPoint)target.LocalEndpoint, CancellationToken.None);
        using var accepted = await target.AcceptTcpClientAsync();

        await stream.WriteAsync("over"u8.ToArray());
        await accepted.GetStream().WriteAsync("back"u8.ToArray());

        Assert.That(await ReadAsync(accepted.GetStream()), Is.EqualTo("over"u8.ToArray()));
        Assert.That(await ReadAsync(stream), Is.EqualTo("back"u8.ToArray()));

        static async Task<byte[]> ReadAsync(Stream from)
        {
            var bytes = new byte[4];
            await from.ReadExactlyAsync(bytes);
            return bytes;
        }
    }

    [Test]
    public async Task ConnectAsync_ToAnIPv6Target_NamesItAsOne([Values] bool http)
    {
        IPEndPoint? asked = null;
        var script = http ? ProxyScripts.HttpConnect() : ProxyScripts.Socks5();
        await using var proxy = new LoopbackProxy(async (client, cancellationToken) =>
        {
            asked = await script(client, cancellationToken);
            return null;
        });
        var target = IPEndPoint.Parse("[2001:db8::1]:443");
        ProxyOptions options = http ? new HttpProxy("127.0.0.1", proxy.Port) : new Socks5Proxy("127.0.0.1", proxy.Port);
        await using var stream = await Connector(options).ConnectAsync(target, CancellationToken.None);

        await Eventually.TrueAsync(() => asked is not null, "the proxy has read the request");
        Assert.That(asked, Is.EqualTo(target));
    }

    private static IEnumerable<TestCaseData> Answers()
    {
        const string http = "HTTP/1.1 ";
        yield return new TestCaseData("socks5", "04", ProxyFailure.Closed);
        yield return new TestCaseData("socks5", "0400", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5", "0501", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5", "0502", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5", "05FF", ProxyFailure.AuthenticationFailed);
        yield return new TestCaseData("socks5", Hex(http + "400 Bad Request\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5 anna", "05FF", ProxyFailure.AuthenticationFailed);
        yield return new TestCaseData("socks5 anna", "0502" + "0101", ProxyFailure.AuthenticationFailed);
        yield return new TestCaseData("socks5 anna", "0502" + "0500", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5 anna", "0502" + "01", ProxyFailure.Closed);
        yield return new TestCaseData("socks5", "0500" + "0400000100", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5", "0500" + "0500000200000000", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("socks5", "0500" + "05000001000000", ProxyFailure.Closed);
        yield return new TestCaseData("socks5", "0500" + "05000003FF0000", ProxyFailure.Closed);
        for (var code = 1; code <= 9; code++)
        {
            yield return new TestCaseData("socks5", $"0500050{code}0001000000000000", ProxyFailure.Refused);
        }

        yield return new TestCaseData("http", Hex("SSH-2.0-OpenSSH\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("http", Hex("HTTP/2 200 OK\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("http", Hex(http + "200 OK\r\n"), ProxyFailure.Closed);
        yield return new TestCaseData("http", Hex(http + "2000 OK\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("http", Hex(http + "2x0 OK\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("http", Hex(http + "\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("http", Hex(http + "407 Proxy Authentication Required\r\n\r\n"), ProxyFailure.AuthenticationFailed);
        yield return new TestCaseData("http anna", Hex(http + "407 Proxy Authentication Required\r\n\r\n"), ProxyFailure.AuthenticationFailed);
        yield return new TestCaseData("http", Hex(http + "403 Forbidden\r\nContent-Length: 4\r\n\r\npage"), ProxyFailure.Refused);
        yield return new TestCaseData("http", Hex(http + "502 Bad Gateway\r\n\r\n"), ProxyFailure.Refused);
        yield return new TestCaseData("http", Hex(http + "200 OK\r\nX: " + new string('x', 9000)), ProxyFailure.InvalidAnswer);

        yield return new TestCaseData("mtproxy", Hex(http + "400 Bad Request\r\n\r\n"), ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("mtproxy", "15030300020228", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData("mtproxy", "160303", ProxyFailure.Closed);
        yield return new TestCaseData("mtproxy", "160303FFFF", ProxyFailure.InvalidAnswer);
        yield return new TestCaseData(
            "mtproxy", "1603030028" + new string('0', 80) + "140303000101" + "1703030001" + "00", ProxyFailure.InvalidAnswer);
        foreach (var kind in new[] { "socks5", "http", "mtproxy" })
        {
            yield return new TestCaseData(kind, "", ProxyFailure.Closed);
        }

        static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
    }

    [TestCaseSource(nameof(Answers))]
    public async Task ConnectAsync_WhenTheProxyAnswersAmiss_SaysWhatAndClosesWithoutSecrets(string kind, string answer, ProxyFailure expected)
    {
        foreach (var slowly in new[] { false, true })
        {
            await using var proxy = LoopbackProxy.Saying(Convert.FromHexString(answer), slowly: slowly && answer.Length < 1000);
            var thrown = Assert.ThrowsAsync<TelegramProxyException>(
                async () => await Connector(Options(kind, proxy.Port)).ConnectAsync(IPEndPoint.Parse("127.0.0.1:1"), CancellationToken.None));

            // A peer that closes with something unread resets: what was sent before may then be lost.
            Assert.That(thrown.Failure, Is.EqualTo(expected).Or.EqualTo(slowly ? ProxyFailure.Closed : expected), thrown.ToString());
            Assert.That(thrown.ToString(), Does.Not.Contain(Password).And.Not.Contain(Key).And.Not.Contain("anna"));
            Assert.That(thrown.Message, Does.Contain($"127.0.0.1:{proxy.Port}"));
        }
    }

    [Test]
    public async Task ConnectAsync_WhenMoreThanTheHeadComes_RefusesBecauseTelegramNeverSpeaksFirst()
    {
        await using var proxy = LoopbackProxy.Saying("HTTP/1.1 200 OK\r\n\r\nmore"u8.ToArray());
        var thrown = Assert.ThrowsAsync<TelegramProxyException>(
            async () => await Connector(Options("http", proxy.Port)).ConnectAsync(IPEndPoint.Parse("127.0.0.1:1"), CancellationToken.None));
        Assert.That(thrown.Failure, Is.EqualTo(ProxyFailure.InvalidAnswer));
    }

    [TestCase("socks5", "")]
    [TestCase("socks5", "0500050000")]
    [TestCase("http", "485454502F312E3120323030")]
    [TestCase("mtproxy", "1603030028")]
    public async Task RunAsync_WhenTheProxyFallsSilent_GivesUpAfterTheConnectTimeout(string kind, string answer)
    {
        await using var proxy = LoopbackProxy.Saying(Convert.FromHexString(answer), close: false);
        var options = TestOptions.Make(_time) with { Proxy = Options(kind, proxy.Port) };
        var running = new AddressRace(ProxyConnector.For(options), options).RunAsync([TestOptions.Address(1)], CancellationToken.None);
        await Eventually.TrueAsync(() => proxy.Greeted == 1, "the proxy is asked");

        _time.Advance(options.ConnectTimeout);

        var thrown = Assert.ThrowsAsync<TelegramProxyException>(() => running.WaitAsync(Eventually.Limit));
        Assert.That(thrown.Failure, Is.EqualTo(ProxyFailure.TimedOut));
    }

    [Test]
    public void ConnectAsync_WhenNobodyListens_SaysSo()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        Assert.That(
            async () => await Connector(new Socks5Proxy("127.0.0.1", port)).ConnectAsync(IPEndPoint.Parse("127.0.0.1:1"), CancellationToken.None),
            Throws.TypeOf<TelegramProxyException>().With.Property("Failure").EqualTo(ProxyFailure.Unreachable));
    }

    [Test]
    public async Task RunAsync_WhenTheProxyRefusesEveryAddress_TellsWhatTheProxySaid()
    {
        await using var proxy = LoopbackProxy.Saying(Convert.FromHexString("05FF"));
        var options = TestOptions.Make(_time) with { Proxy = new Socks5Proxy("127.0.0.1", proxy.Port) };

        var race = new AddressRace(ProxyConnector.For(options), options);

        var thrown = Assert.ThrowsAsync<TelegramProxyException>(
            () => race.RunAsync([TestOptions.Address(1), TestOptions.Address(2)], CancellationToken.None));
        Assert.That(thrown.Message, Is.EqualTo($"The SOCKS5 proxy 127.0.0.1:{proxy.Port} did not accept the sign-in: it wants one."));
    }

    private static ProxyOptions Options(string kind, int port) => kind switch
    {
        "socks5" => new Socks5Proxy("127.0.0.1", port),
        "socks5 anna" => new Socks5Proxy("127.0.0.1", port, "anna", Password),
        "http" => new HttpProxy("127.0.0.1", port),
        "http anna" => new HttpProxy("127.0.0.1", port, "anna", Password),
        _ => new MtProxy("127.0.0.1", port, ProxySecret.Parse($"ee{Key}612e6578616d706c65")),
    };

    private IConnector Connector(ProxyOptions proxy) => ProxyConnector.For(TestOptions.Make(_time) with { Proxy = proxy });
}
