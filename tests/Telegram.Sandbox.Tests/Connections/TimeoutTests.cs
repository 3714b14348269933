using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests.Connections;

[TestFixture]
public sealed class TimeoutTests
{
    private RunningSandbox _sandbox = null!;

    private System.Net.IPEndPoint EndPoint => _sandbox.Server.DataCenters[0].EndPoint;

    private int Connections => _sandbox.Server.Control.Stats().Connections;

    [SetUp]
    public async Task StartAsync() => _sandbox = await RunningSandbox.StartAsync();

    [TearDown]
    public ValueTask StopAsync() => _sandbox.DisposeAsync();

    [TestCase(new byte[0], TestName = "who says nothing")]
    [TestCase(new byte[] { 0xee, 0xee }, TestName = "who stops in the middle of the transport's name")]
    [TestCase(new byte[] { 0xee, 0xee, 0xee, 0xee, 40, 0 }, TestName = "who stops in the middle of a length")]
    public async Task Connection_WithoutAKeyInTime_IsClosed(byte[] bytes)
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint);
        await wire.SendRawAsync(bytes);
        await RunningSandbox.UntilAsync(() => Connections == 1);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(Connections, Is.EqualTo(1));

        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(await wire.ReceiveRestAsync(), Is.Empty);
        Assert.That(_sandbox.Rejected("handshake_timeout"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WhenAFrameIsNotEndedInTime_IsClosed()
    {
        await using var sandbox = await RunningSandbox.StartAsync(options => options.IdleTimeout = TimeSpan.FromDays(365));
        await using var client = await sandbox.ConnectAsync();
        await client.PingAsync();
        await client.Wire.SendRawAsync([100, 0, 0, 0, 1, 2, 3]);
        await RunningSandbox.UntilAsync(() =>
        {
            sandbox.Time.Advance(TimeSpan.FromSeconds(5));
            return sandbox.Server.Control.Stats().Connections == 0;
        });

        Assert.That(sandbox.Rejected("frame_timeout"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WhenSilentForTooLong_IsClosed()
    {
        await using var client = await _sandbox.ConnectAsync();
        await client.PingAsync();
        _sandbox.Time.Advance(TimeSpan.FromMinutes(9));
        await client.PingAsync();
        _sandbox.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.That(Connections, Is.EqualTo(1));

        _sandbox.Time.Advance(TimeSpan.FromMinutes(2));

        await RunningSandbox.UntilAsync(() => Connections == 0);
        Assert.That(_sandbox.Rejected("idle_timeout"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WhenThePromisedPingDoesNotCome_IsClosed()
    {
        await using var client = await _sandbox.ConnectAsync();
        await client.SendAsync(new PingDelayDisconnect { PingId = 1, DisconnectDelay = 75 });
        await client.WaitForAsync<Pong>(Pong.Id);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(74));
        Assert.That(Connections, Is.EqualTo(1));

        _sandbox.Time.Advance(TimeSpan.FromSeconds(2));

        await RunningSandbox.UntilAsync(() => Connections == 0);
    }

    [Test]
    public async Task Session_WhenNobodyComesBack_IsForgotten()
    {
        await using var client = await _sandbox.ConnectAsync();
        await client.PingAsync();
        await client.Wire.DisposeAsync();
        await RunningSandbox.UntilAsync(() => Connections == 0);
        Assert.That(_sandbox.Server.Control.Stats().Sessions, Is.EqualTo(1));

        _sandbox.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(_sandbox.Server.Control.Stats().Sessions, Is.Zero);
    }
}
