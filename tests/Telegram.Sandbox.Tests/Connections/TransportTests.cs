using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;

namespace Telegram.Sandbox.Tests.Connections;

[TestFixture]
public sealed class TransportTests
{
    private RunningSandbox _sandbox = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _sandbox = await RunningSandbox.StartAsync();

    [OneTimeTearDown]
    public ValueTask StopAsync() => _sandbox.DisposeAsync();

    [TestCase(WireKind.Abridged, false, 2)]
    [TestCase(WireKind.Abridged, true, 1)]
    [TestCase(WireKind.Intermediate, false, 3)]
    [TestCase(WireKind.Intermediate, true, 2)]
    [TestCase(WireKind.Padded, false, 1)]
    [TestCase(WireKind.Padded, true, 3)]
    [TestCase(WireKind.Full, false, 2)]
    public async Task Connection_OnEveryTransport_MakesAKeyAndAnswers(WireKind kind, bool obfuscated, int dc)
    {
        await using var client = await _sandbox.ConnectAsync(dc, kind, obfuscated);

        await client.PingAsync();
        var config = await client.CallAsync(new HelpGetConfig());

        Assert.That(config.ThisDc, Is.EqualTo(dc));
        Assert.That(
            config.DcOptions.Select(one => (one.Id, one.IpAddress, one.Port)),
            Is.EqualTo(_sandbox.Server.DataCenters.Select(one => (one.Id, $"{one.EndPoint.Address}", one.EndPoint.Port))));
        Assert.That(config.Expires, Is.GreaterThan(_sandbox.Time.GetUtcNow().ToUnixTimeSeconds()));
    }

    [Test]
    public async Task Connection_WithALargeAnswer_CarriesItWhole([Values] WireKind kind)
    {
        await using var client = await _sandbox.ConnectAsync(kind: kind);

        var answer = await client.CallAsync(new HelpGetSupportName());

        Assert.That(answer.Name, Has.Length.EqualTo(100_000));
    }

    [Test]
    public async Task Connection_WhenBytesComeOneByOne_IsServedTheSame([Values] WireKind kind)
    {
        await using var client = await _sandbox.ConnectAsync(kind: kind);
        var whole = client.Encrypt(Tl.TlSerializer.ToBytes(new Tl.Mtproto.Ping { PingId = 5 }), client.NextMessageId(), 1, client.Salt);

        await client.Wire.SendSlowlyAsync(whole);

        Assert.That((await client.WaitForAsync<Tl.Mtproto.Pong>(Tl.Mtproto.Pong.Id)).PingId, Is.EqualTo(5));
    }

    [Test]
    public async Task Connection_WhenAHandshakeIsRepeated_MakesAnotherKey()
    {
        await using var client = await _sandbox.ConnectAsync();
        var first = client.Key;

        var second = await client.HandshakeAsync(_sandbox.Server.PublicKeyPem, 2);

        Assert.That(second.AuthKey.Id, Is.Not.EqualTo(first.Id));
        await client.PingAsync();
    }
}
