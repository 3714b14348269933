using System.Net;
using System.Threading.Channels;
using Telegram.Mtproto.Proxies;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Proxies;

/// <summary>The client through every kind of proxy to a sandbox, over TCP.</summary>
internal sealed class ProxiedClientTests
{
    private DirectoryInfo _directory = null!;
    private SandboxServer _sandbox = null!;
    private int _operators = 2;

    private static IEnumerable<TestCaseData> Relays()
    {
        yield return Relay("socks5", ProxyScripts.Socks5(), port => new Socks5Proxy("127.0.0.1", port));
        yield return Relay("socks5 signed in", ProxyScripts.Socks5("anna", "word"), port => new Socks5Proxy("localhost", port, "anna", "word"));
        yield return Relay("http", ProxyScripts.HttpConnect(), port => new HttpProxy("127.0.0.1", port));
        yield return Relay("http signed in", ProxyScripts.HttpConnect("anna:word"), port => new HttpProxy("localhost", port, "anna", "word"));

        static TestCaseData Relay(string name, ProxyScript script, Func<int, ProxyOptions> proxy) =>
            new TestCaseData(script, proxy).SetArgDisplayNames(name);
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _directory = Directory.CreateTempSubdirectory("proxied-");
        _sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { DataDirectory = _directory.FullName, Port = 0, ControlPort = 0, ProxyPort = 0, Operators = 20 });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _sandbox.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [TestCaseSource(nameof(Relays))]
    public async Task Client_ThroughARelay_SignsInHearsAndComesBack(ProxyScript script, Func<int, ProxyOptions> proxy)
    {
        await using var relay = new LoopbackProxy(script);

        await LiveAsync(Options(_sandbox.DataCenters) with { Proxy = proxy(relay.Port) }, relay.DropConnections);

        Assert.That(relay.Targets, Has.Count.GreaterThanOrEqualTo(2).And.All.EqualTo(_sandbox.DataCenters[0].EndPoint));
    }

    [Test]
    public async Task Client_ThroughAnMtProxy_SignsInHearsAndComesBack([Values] ProxySecretKind kind, [Values] bool abridged)
    {
        var options = Options(Nowhere) with
        {
            Proxy = MtProxyWith(_sandbox.Proxy!.Secrets.Single(one => one.Kind == kind).Reveal()),
            Transport = abridged ? TransportKind.Abridged : TransportKind.PaddedIntermediate,
        };

        await LiveAsync(options, _sandbox.Control.DropConnections);
    }

    [Test]
    public async Task Client_ThroughAnMtProxyToAnotherDataCentre_IsLedHome()
    {
        var secret = _sandbox.Proxy!.Secrets.Single(one => one.Kind == ProxySecretKind.FakeTls).Reveal();
        var options = Options(Nowhere, dataCenter: 1) with { Proxy = MtProxyWith(secret) };
        await using var client = new TelegramClient(options);
        await SignInAsync(client, NextPhone());

        Assert.That(client.Session.DataCenterId, Is.EqualTo(2));
    }

    [Test]
    public async Task ConnectAsync_WhenTheMtProxyEndsTheGreeting_FailsAndTriesAgain()
    {
        await using var proxy = LoopbackProxy.Saying(Convert.FromHexString("15030300020228"));
        var options = Options(_sandbox.DataCenters) with
        {
            Proxy = new MtProxy("127.0.0.1", proxy.Port, ProxySecret.Parse("ee00112233445566778899aabbccddeeff612e6578616d706c65")),
        };
        await using var client = new TelegramClient(options);

        var thrown = Assert.ThrowsAsync<TelegramProxyException>(() => client.ConnectAsync());
        await Eventually.TrueAsync(() => proxy.Greeted >= 3, "the tries go on");

        Assert.That(
            thrown.Message, Is.EqualTo($"The MTProxy 127.0.0.1:{proxy.Port} gave no proper answer: it ended the connection with an alert."));
    }

    [Test]
    public async Task ConnectAsync_WhenTheMtProxySaysNothingToStrangers_FailsAndNamesTheSecret([Values] bool padded)
    {
        var options = Options(Nowhere) with
        {
            Proxy = MtProxyWith((padded ? "dd" : string.Empty) + "00112233445566778899aabbccddeeff"),
            HandshakeTimeout = TimeSpan.FromMilliseconds(300),
        };
        await using var client = new TelegramClient(options);

        Assert.That(
            async () => await client.ConnectAsync(),
            Throws.InstanceOf<TelegramConnectionException>().With.Message.EqualTo(
                $"The connection through the {options.Proxy} ended during the key exchange: its secret may be another one."));
    }

    /// <summary>Addresses of the right data centres at which nobody listens.</summary>
    private static IEnumerable<SandboxDataCenter> Nowhere =>
        new[] { 2, 1, 3 }.Select(id => new SandboxDataCenter(id, new IPEndPoint(IPAddress.Loopback, id)));

    private async Task LiveAsync(TelegramClientOptions options, Action drop)
    {
        await using var client = new TelegramClient(options);
        var phone = NextPhone();
        await SignInAsync(client, phone);
        var updates = client.StartUpdates(from: null);
        Assert.That((await updates.ReadAsync()).Updates, Is.Empty, "the first batch tells where the updates begin");
        await HearAsync(updates, phone, "before");

        var accepted = _sandbox.Control.Stats().Accepted;
        drop();
        await client.InvokeAsync(new HelpGetNearestDc());
        await HearAsync(updates, phone, "after");
        Assert.That(_sandbox.Control.Stats().Accepted, Is.GreaterThan(accepted));
    }

    private async Task HearAsync(ChannelReader<UpdateBatch> updates, string phone, string text)
    {
        var customer = _sandbox.Control.People().First(person => !person.Operator).Id;
        await _sandbox.Control.SendAsync(phone, customer, text);
        using var patience = new CancellationTokenSource(Eventually.Limit);
        while (true)
        {
            var batch = await updates.ReadAsync(patience.Token);
            if (batch.Updates.OfType<UpdateNewMessage>().Any(update => update.Message is Message message && message.MessageValue == text))
            {
                return;
            }
        }
    }

    private static async Task SignInAsync(TelegramClient client, string phone)
    {
        var sent = await client.SendCodeAsync(phone);
        Assert.That(await client.SignInAsync(phone, sent.PhoneCodeHash, "22222"), Is.InstanceOf<SignInResult.Authorized>());
    }

    private string NextPhone() => $"999662{Interlocked.Increment(ref _operators):0000}";

    private MtProxy MtProxyWith(string secret) => new("127.0.0.1", _sandbox.Proxy!.EndPoint.Port, ProxySecret.Parse(secret));

    private TelegramClientOptions Options(IEnumerable<SandboxDataCenter> dataCenters, int dataCenter = 2) => new()
    {
        ApiId = 1,
        ApiHash = "0123456789abcdef0123456789abcdef",
        DataCenters = DataCenterTable.Custom(
            dataCenters.Select(one => new DataCenterAddress(one.Id, one.EndPoint)), [_sandbox.PublicKeyPem], dataCenter),
        MinReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(200),
    };
}
