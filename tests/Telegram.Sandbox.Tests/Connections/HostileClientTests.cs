using System.Security.Cryptography;
using Telegram.Sandbox.Tests.Support;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests.Connections;

[TestFixture]
public sealed class HostileClientTests
{
    private RunningSandbox _sandbox = null!;

    private System.Net.IPEndPoint EndPoint => _sandbox.Server.DataCenters[0].EndPoint;

    [SetUp]
    public async Task StartAsync() => _sandbox = await RunningSandbox.StartAsync(options => options.MaxConnections = 8);

    [TearDown]
    public async Task StopAsync()
    {
        // Whatever was done to the server, it serves others.
        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        await using (var client = await _sandbox.ConnectAsync())
        {
            await client.PingAsync();
        }

        Assert.That(_sandbox.Log.Lines, Has.None.Contains("defect"));
        await _sandbox.DisposeAsync();
    }

    [TestCase("ee ee ee ee ff ff ff 7f", TestName = "a length of 2 GiB")]
    [TestCase("ee ee ee ee 00 00 00 80", TestName = "a negative length")]
    [TestCase("ee ee ee ee 01 00 00 00 00", TestName = "a frame too short for anything")]
    [TestCase("ef 7f ff ff ff", TestName = "an abridged length of 64 MiB")]
    [TestCase("ef 00", TestName = "an empty abridged frame")]
    [TestCase("10 00 00 00 00 00 00 00 01 02 03 04 05 06 07 08", TestName = "a full frame with a wrong CRC")]
    [TestCase("dd dd dd dd ff ff ff 7f", TestName = "a padded length of 2 GiB")]
    public async Task Connection_WithABrokenFrame_IsClosed(string bytes)
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint);

        await wire.SendRawAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.That(await wire.ReceiveRestAsync(), Has.Length.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task Connection_WithHttp_IsClosed()
    {
        await using var wire = await ClientWire.ConnectAsync(EndPoint);

        await wire.SendRawAsync("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n0123456789012345678901234567890123456789"u8.ToArray());

        Assert.That(await wire.ReceiveRestAsync(), Has.Length.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task Connection_WithRandomBytes_NeverHarmsTheServer()
    {
        for (var round = 0; round < 30; round++)
        {
            await using var wire = await ClientWire.ConnectAsync(EndPoint);
            await wire.SendRawAsync(RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 2_000)));
            wire.EndSending();
            Assert.That(await wire.ReceiveRestAsync(), Has.Length.LessThanOrEqualTo(8));
        }
    }

    [Test]
    public async Task Connection_WithAnUnknownKey_IsToldSoAndClosed()
    {
        await using var wire = await ClientWire.OpenAsync(EndPoint);

        await wire.SendAsync(RandomNumberGenerator.GetBytes(120));

        Assert.That(await wire.ReceiveAsync(), Is.EqualTo(BitConverter.GetBytes(-404)));
        Assert.That(await wire.ReceiveAsync(), Is.Null);
        Assert.That(_sandbox.Rejected("unknown_auth_key"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WithAForgedMessage_IsClosed([Values(8, 30, 100)] int damagedByte)
    {
        await using var client = await _sandbox.ConnectAsync();
        var message = client.Encrypt(TlSerializer.ToBytes(new Ping { PingId = 1 }), client.NextMessageId(), 1, client.Salt);
        message[Math.Min(damagedByte, message.Length - 1)] ^= 1;

        await client.Wire.SendAsync(message);

        Assert.That(await client.Wire.ReceiveAsync(), Is.EqualTo(BitConverter.GetBytes(-404)));
        Assert.That(await client.Wire.ReceiveAsync(), Is.Null);
        Assert.That(_sandbox.Rejected("message_forged"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WithGarbageForAHandshake_IsClosed()
    {
        await using var wire = await ClientWire.OpenAsync(EndPoint);
        byte[] body = [.. new byte[8], .. RandomNumberGenerator.GetBytes(8), 16, 0, 0, 0, .. RandomNumberGenerator.GetBytes(16)];

        await wire.SendAsync(body);

        Assert.That(await wire.ReceiveRestAsync(), Has.Length.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task Connection_WithEndlessHandshakes_IsClosed()
    {
        await using var wire = await ClientWire.OpenAsync(EndPoint);
        byte[]? answer = [];
        var sent = 0;
        for (; sent < 200 && answer is not null and not { Length: 4 }; sent++)
        {
            byte[] nonce = RandomNumberGenerator.GetBytes(16);
            byte[] request = [.. new byte[8], .. BitConverter.GetBytes((long)sent << 34), 20, 0, 0, 0, 0xf1, 0x8e, 0x7e, 0xbe, .. nonce];
            await wire.SendAsync(request);
            answer = await wire.ReceiveAsync();
        }

        Assert.That(sent, Is.LessThan(100));
        Assert.That(_sandbox.Rejected("too_many_handshakes"), Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_WhenOneTooMany_IsClosedAndOthersLive()
    {
        var wires = new List<ClientWire>();
        for (var i = 0; i < 8; i++)
        {
            wires.Add(await ClientWire.ConnectAsync(EndPoint));
        }

        await RunningSandbox.UntilAsync(() => _sandbox.Server.Control.Stats().Connections == 8);
        using var extra = new System.Net.Sockets.TcpClient();

        Assert.That(
            async () =>
            {
                await extra.ConnectAsync(EndPoint);
                await extra.GetStream().ReadExactlyAsync(new byte[1]);
            },
            Throws.InstanceOf<IOException>().Or.InstanceOf<System.Net.Sockets.SocketException>());
        Assert.That(_sandbox.Rejected("too_many_connections"), Is.EqualTo(1));
        foreach (var wire in wires)
        {
            await wire.DisposeAsync();
        }

        await RunningSandbox.UntilAsync(() => _sandbox.Server.Control.Stats().Connections == 0);
    }
}
