using System.Net.Sockets;
using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Faults;

/// <summary>Every fault, as a client meets it. Skipped and repeated updates are with the publisher's tests.</summary>
[TestFixture]
public sealed class FaultTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _client = null!;

    private SandboxControl Control => _sandbox.Server.Control;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = await _sandbox.SignInAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task DropConnections_ClosesThemAndSessionsGoOn()
    {
        Control.DropConnections();
        await _client.Wire.ReceiveRestAsync();

        await _client.ReconnectAsync();

        Assert.That(await CallAsync(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Stall_HoldsAnswersUntilItIsOver()
    {
        Control.Stall(TimeSpan.FromSeconds(5));
        var call = CallAsync();
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(_sandbox.World.Calls, Is.Empty);

        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await call, Is.EqualTo("ok"));
    }

    [Test]
    public async Task CutFrame_EndsTheConnectionInTheMiddleOfAFrame()
    {
        Control.CutFrame();

        Assert.That(CallAsync, Throws.InstanceOf<EndOfStreamException>().With.Message.Contains("middle"));
        await _client.ReconnectAsync();

        Assert.That(await CallAsync(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Flood_RefusesAsOftenAsAskedAndOnlyThatMethod()
    {
        Control.Flood("account.updateStatus", 31, times: 2);

        Assert.That((await _client.CallAsync(new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
        Assert.That(new[] { await CallAsync(), await CallAsync(), await CallAsync() }, Is.EqualTo(new[] { "420 FLOOD_WAIT_31", "420 FLOOD_WAIT_31", "ok" }));
        Assert.That(_sandbox.World.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RpcError_AnswersInsteadOfTheMethod()
    {
        Control.RpcError("*", 500, "SOMETHING_FAILED");

        Assert.That(new[] { await CallAsync(), await CallAsync() }, Is.EqualTo(new[] { "500 SOMETHING_FAILED", "ok" }));
    }

    [Test]
    public async Task LoseAnswer_CarriesTheCallOutInSilence()
    {
        Control.LoseAnswer("account.updateStatus");
        var lost = await _client.SendAsync(new AccountUpdateStatus { Offline = true });

        Assert.That(await CallAsync(), Is.EqualTo("ok"));

        Assert.That(_sandbox.World.Calls, Has.Count.EqualTo(2));
        Assert.That(_client.Unread.Where(one => one.ConstructorId == RpcResult.Id).Select(one => BitConverter.ToInt64(one.Body, 4)), Has.None.EqualTo(lost));
    }

    [Test]
    public async Task LoseAnswer_WhenTheCallIsCarriedOut_LeavesNothingRunning()
    {
        Control.LoseAnswer("account.updateStatus");
        var lost = await _client.SendAsync(new AccountUpdateStatus { Offline = true });
        await CallAsync();

        var drop = await _client.SendAsync(new RpcDropAnswer { ReqMsgId = lost });

        Assert.That(BitConverter.ToUInt32(await _client.AnswerAsync(drop)), Is.EqualTo(RpcAnswerUnknown.Id));
    }

    [Test]
    public async Task Revoke_TellsTheClientAndRefusesItFromThenOn()
    {
        Control.Revoke("+" + FakeWorld.Phone);

        await _client.WaitForAsync(one => one.ConstructorId == UpdatesTooLong.Id);
        Assert.That(await CallAsync(), Is.EqualTo("401 SESSION_REVOKED"));
        await _client.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" });
        Assert.That(await CallAsync(), Is.EqualTo("ok"));
    }

    [TestCase(7200, 16)]
    [TestCase(-7200, 17)]
    public async Task Clock_WhenWrong_RefusesIdentifiersOfTheRightTime(int seconds, int code)
    {
        Control.ShiftClock(TimeSpan.FromSeconds(seconds));

        // At another time there are other salts.
        Assert.That(await RefusalAsync(), Is.EqualTo(48));
        Assert.That(await RefusalAsync(), Is.EqualTo(code));
        Control.ClearFaults();

        Assert.That(await RefusalAsync(), Is.EqualTo(48));
        Assert.That(await CallAsync(), Is.EqualTo("ok"));
    }

    [Test]
    public async Task NewSalt_RefusesTheOldOne()
    {
        var old = _client.Salt;
        Control.NewSalt();

        await _client.SendAsync(new Ping { PingId = 1 });

        _client.Salt = (await _client.WaitForAsync<BadServerSalt>(BadServerSalt.Id)).NewServerSalt;
        Assert.That(_client.Salt, Is.Not.EqualTo(old));
        await _client.PingAsync();
    }

    [Test]
    public async Task Restart_IsGoneForAWhileAndComesBackOnTheSamePort()
    {
        await _client.WaitForAsync(one => one.ConstructorId == NewSessionCreated.Id);
        var end = new TaskCompletionSource();
        var restart = _sandbox.Server.RestartAsync(end.Task);
        await _client.Wire.ReceiveRestAsync();
        await RunningSandbox.UntilAsync(() => _sandbox.Server.Control.Stats() is { Connections: 0, Sessions: 0 });
        Assert.That(() => _client.ReconnectAsync(), Throws.InstanceOf<SocketException>());
        Assert.That(TakePort, Throws.InstanceOf<SocketException>(), "the port is kept meanwhile");

        end.SetResult();
        await restart;
        await _client.ReconnectAsync();

        Assert.That(await CallAsync(), Is.EqualTo("ok"));
        Assert.That(_client.Unread.Select(one => one.ConstructorId), Has.One.EqualTo(NewSessionCreated.Id));
    }

    private void TakePort()
    {
        // For ProtocolType.Tcp .NET sets SO_REUSEADDR, with which two may bind a port as long as neither listens.
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.IP);
        other.Bind(_sandbox.Server.DataCenters[0].EndPoint);
    }

    [Test]
    public async Task Dispose_InTheMiddleOfARestart_Ends()
    {
        var restart = Control.RestartAsync(TimeSpan.FromHours(3));
        await _client.Wire.ReceiveRestAsync();

        await _sandbox.DisposeAsync();

        Assert.That(async () => await restart, Throws.InstanceOf<OperationCanceledException>());
        _sandbox = await RunningSandbox.StartAsync();
    }

    [Test]
    public async Task ClearFaults_ForgetsAllThatLieInWait()
    {
        Control.Stall(TimeSpan.FromHours(1));
        Control.CutFrame(5);
        Control.SkipUpdate(5);
        Control.Flood("*", 1, 5);

        Control.ClearFaults();

        Assert.That(await CallAsync(), Is.EqualTo("ok"));
        _sandbox.World.Services.Updates.Publish(FakeWorld.UserId, new UpdatesTooLong());
        await _client.WaitForAsync(one => one.ConstructorId == UpdatesTooLong.Id);
    }

    /// <summary>The code a ping is refused with; takes the salt that comes with it.</summary>
    private async Task<int> RefusalAsync()
    {
        var id = await _client.SendAsync(new Ping { PingId = 1 });
        var refused = await _client.WaitForAsync(one =>
            one.ConstructorId is BadMsgNotification.Id or BadServerSalt.Id && BitConverter.ToInt64(one.Body, 4) == id);
        if (refused.ConstructorId == BadServerSalt.Id)
        {
            _client.Salt = refused.As<BadServerSalt>().NewServerSalt;
        }

        return BitConverter.ToInt32(refused.Body, 16);
    }

    private async Task<string> CallAsync()
    {
        try
        {
            await _client.CallAsync(new AccountUpdateStatus { Offline = true });
            return "ok";
        }
        catch (RpcFailure e)
        {
            return $"{e.Code} {e.Message}";
        }
    }
}
