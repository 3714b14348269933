using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests;

[TestFixture]
public sealed class PersistenceTests
{
    private TemporaryDirectory _data = null!;

    [SetUp]
    public void SetUp() => _data = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _data.Dispose();

    [Test]
    public async Task Restart_WithTheSameData_KeepsKeysSignInsAndIntroductions()
    {
        RawClient client;
        string key;
        await using (var first = await RunningSandbox.StartAsync(data: _data))
        {
            client = await first.SignInAsync();
            key = first.Server.PublicKeyPem;
        }

        await using var second = await RunningSandbox.StartAsync(data: _data);
        await client.ReconnectAsync(second.Server.DataCenters[0].EndPoint);
        await TakeNewSaltAsync(client);

        Assert.That(second.Server.PublicKeyPem, Is.EqualTo(key));
        Assert.That(await client.CallAsync(new AccountUpdateStatus { Offline = true }), Is.True);
        await client.DisposeAsync();
    }

    [Test]
    public async Task Restart_AfterAKillInTheMiddleOfAWrite_KeepsWhatWasWhole()
    {
        RawClient client;
        await using (var first = await RunningSandbox.StartAsync(data: _data))
        {
            client = await first.SignInAsync();
        }

        foreach (var name in new[] { "auth-keys.jsonl", "authorizations.jsonl" })
        {
            await File.AppendAllTextAsync(Path.Combine(_data.Path, "sandbox", name), "{\"id\":12,\"key");
        }

        await using var second = await RunningSandbox.StartAsync(data: _data);
        await client.ReconnectAsync(second.Server.DataCenters[0].EndPoint);
        await TakeNewSaltAsync(client);

        Assert.That(await client.CallAsync(new AccountUpdateStatus { Offline = true }), Is.True);
        await client.DisposeAsync();
    }

    [Test]
    public async Task Start_OnDataThatAnotherSandboxUses_IsRefused()
    {
        await using var first = await RunningSandbox.StartAsync(data: _data);

        Assert.That(() => RunningSandbox.StartAsync(data: _data), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Start_OnATakenPort_IsRefusedAndLeavesNothingBehind()
    {
        await using var first = await RunningSandbox.StartAsync();
        var port = first.Server.DataCenters[0].EndPoint.Port;

        Assert.That(
            () => RunningSandbox.StartAsync(options => (options.Port, options.DataDirectory) = (port, _data.Path)),
            Throws.InstanceOf<IOException>().With.Message.Contains($"{port}"));
        await using var second = await RunningSandbox.StartAsync(data: _data);
    }

    [Test]
    public async Task Start_WithBadOptions_Throws()
    {
        Assert.That(
            () => RunningSandbox.StartAsync(options => options.Operators = 0),
            Throws.InstanceOf<Microsoft.Extensions.Options.OptionsValidationException>());
        await Task.CompletedTask;
    }

    [Test]
    public async Task Dispose_WhenRunning_DisposesTheWorldAndFreesThePorts()
    {
        var first = await RunningSandbox.StartAsync(data: _data);
        Assert.That(first.World.IsStarted, Is.True);
        var port = first.Server.DataCenters[0].EndPoint.Port;
        var client = await first.ConnectAsync();
        await first.DisposeAsync();

        Assert.That(first.World.IsDisposed, Is.True);
        Assert.That(await client.Wire.ReceiveRestAsync(), Is.Empty);
        Assert.That(() => ClientWire.ConnectAsync(new(System.Net.IPAddress.Loopback, port)), Throws.InstanceOf<System.Net.Sockets.SocketException>());
        await client.DisposeAsync();
    }

    private static async Task TakeNewSaltAsync(RawClient client)
    {
        await client.SendAsync(new Ping { PingId = 1 });
        client.Salt = (await client.WaitForAsync<BadServerSalt>(BadServerSalt.Id)).NewServerSalt;
    }
}
