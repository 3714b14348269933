using Telegram.Sandbox.Tests.Support;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests.Sessions;

[TestFixture]
public sealed class SessionTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = await _sandbox.ConnectAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task FirstMessage_OfASession_IsAnsweredWithItsCreation()
    {
        var id = await _client.SendAsync(new Ping { PingId = 1 });

        var created = await _client.WaitForAsync<NewSessionCreated>(NewSessionCreated.Id);

        Assert.That(created.FirstMsgId, Is.EqualTo(id));
        Assert.That(created.ServerSalt, Is.EqualTo(_client.Salt));
    }

    [Test]
    public async Task Message_WithAWrongSalt_IsRefusedWithTheRightOne()
    {
        var id = await _client.SendAsync(TlSerializer.ToBytes(new Ping { PingId = 1 }), salt: 12345);

        var refused = await _client.WaitForAsync<BadServerSalt>(BadServerSalt.Id);

        Assert.That((refused.BadMsgId, refused.ErrorCode, refused.NewServerSalt), Is.EqualTo((id, 48, _client.Salt)));
        Assert.That(_sandbox.Rejected("bad_msg_48"), Is.EqualTo(1));
    }

    [TestCase(-400, 16)]
    [TestCase(100, 17)]
    public async Task Message_OfAnotherTime_IsRefused(int seconds, int code)
    {
        await _client.PingAsync();
        var id = _client.NextMessageId() + ((long)seconds << 32);

        await _client.SendAsync(new Ping { PingId = 1 }, messageId: id);

        var refused = await _client.WaitForAsync<BadMsgNotification>(BadMsgNotification.Id);
        Assert.That((refused.BadMsgId, refused.ErrorCode), Is.EqualTo((id, code)));
    }

    [Test]
    public async Task FutureSalts_WhenAskedFor_BeginWithAValidOne()
    {
        var id = await _client.SendAsync(new GetFutureSalts { Num = 64 });

        var salts = await _client.WaitForAsync<FutureSalts>(FutureSalts.Id);

        Assert.That(salts.ReqMsgId, Is.EqualTo(id));
        Assert.That(salts.Salts, Has.Length.EqualTo(64));
        Assert.That(salts.Salts[0].Salt, Is.EqualTo(_client.Salt));
    }

    [Test]
    public async Task Session_OnANewConnection_GetsWhatItHasNotAcknowledged()
    {
        var id = await _client.SendAsync(RawClient.Introduce(new HelpGetNearestDc()));
        await _client.AnswerAsync(id);

        await _client.ReconnectAsync();
        await _client.SendAsync(new Ping { PingId = 1 });

        Assert.That((await _client.AnswerAsync(id, new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Session_WhenItsConnectionDiesBeforeTheAnswer_IsAnsweredOnTheNext()
    {
        var id = await _client.SendAsync(RawClient.Introduce(new ContactsGetStatuses()));
        await _sandbox.World.SlowBegun.Task;
        await _client.ReconnectAsync();
        _sandbox.World.EndSlowCall();

        await _client.PingAsync();

        Assert.That(await _client.AnswerAsync(id, new ContactsGetStatuses()), Is.Empty);
    }

    [Test]
    public async Task Replay_OfAnOldMessageOnAnotherConnection_TakesNoSessionAway()
    {
        await _client.PingAsync();
        var id = _client.NextMessageId();
        var message = _client.Encrypt(TlSerializer.ToBytes(new Ping { PingId = 9 }), id, 3, _client.Salt);
        await _client.Wire.SendAsync(message);
        await _client.WaitForAsync(one => one.ConstructorId == Pong.Id);

        await using var thief = await ClientWire.OpenAsync(_client.EndPoint);
        await thief.SendAsync(message);

        await _client.PingAsync();
    }

    [Test]
    public async Task DestroyAuthKey_WhenAsked_LeavesNothingOfTheKey()
    {
        await _client.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" });

        await _client.SendAsync(new DestroyAuthKey());
        await _client.WaitForAsync(one => one.ConstructorId == DestroyAuthKeyOk.Id);
        await _client.SendAsync(new Ping { PingId = 1 });

        Assert.That(
            async () => await _client.WaitForAsync(_ => false),
            Throws.InstanceOf<TransportFailure>().With.Property("Code").EqualTo(-404));
        Assert.That(_sandbox.World.Services.Authorizations.List(FakeWorld.UserId), Is.Empty);
    }

    [Test]
    public async Task Sessions_OfOneKey_AreBounded()
    {
        for (var i = 0; i < 70; i++)
        {
            await using var another = await _client.AnotherSessionAsync();
            await another.PingAsync();
        }

        Assert.That(_sandbox.Server.Control.Stats().Sessions, Is.LessThanOrEqualTo(64));
    }
}
