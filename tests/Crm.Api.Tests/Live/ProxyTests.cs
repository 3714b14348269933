using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Telegram.Mtproto.Proxies;

namespace Crm.Api.Tests.Live;

/// <summary>Telegram through a proxy that the configuration names.</summary>
[TestFixture]
internal sealed class ProxyTests
{
    private LiveWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await LiveWorld.StartAsync(proxyPort: 0);

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Everything_ThroughAnMtProxyThatHidesInTls_IsAsWithout()
    {
        await UseProxyAsync(_world.Sandbox.Proxy!.EndPoint.Port);
        var someone = await Operator.InTelegramAsync(_world, "anna", 1);
        await someone.ListenAsync();
        var customer = (await someone.CustomersAsync())[0];
        var sent = (await someone.SendAsync(customer, "through the proxy")).Ok();

        await someone.WaitForReplyAsync(customer, sent);
    }

    [Test]
    public async Task Preauth_WhenNobodyListensAtTheProxy_IsToldThatTelegramIsAway()
    {
        // That is the port of no proxy: the connection is taken and never answered as it should be.
        await UseProxyAsync(_world.Sandbox.DataCenters[0].EndPoint.Port);
        var someone = await Operator.RegisterAsync(_world, "anna");

        (await someone.PostAsync(Routes.Preauth, new JsonObject { ["phone"] = Operator.Phone(1), ["password"] = "" }))
            .AssertRefused(HttpStatusCode.ServiceUnavailable, "telegram.unreachable");
    }

    private Task UseProxyAsync(int port) => _world.RestartApiAsync(
        ("Telegram:Proxy:Type", "mtproxy"),
        ("Telegram:Proxy:Host", "127.0.0.1"),
        ("Telegram:Proxy:Port", $"{port}"),
        ("Telegram:Proxy:Secret", _world.Sandbox.Proxy!.Secrets.Single(one => one.Kind == ProxySecretKind.FakeTls).Reveal()));
}
