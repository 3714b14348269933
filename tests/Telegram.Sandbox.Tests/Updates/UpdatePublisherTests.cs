using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Updates;

[TestFixture]
public sealed class UpdatePublisherTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _client = null!;

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
    public async Task Publish_ToAUser_ReachesEverySessionInOrder()
    {
        await using var second = await _sandbox.SignInAsync();
        Publish(1);
        Publish(2);

        foreach (var client in new[] { _client, second })
        {
            Assert.That(await DateAsync(client), Is.EqualTo(1));
            Assert.That(await DateAsync(client), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Publish_ExceptASession_SparesItAlone()
    {
        await using var second = await _sandbox.SignInAsync();
        Publish(1, except: _client.SessionId);
        Publish(2);

        Assert.That(await DateAsync(_client), Is.EqualTo(2));
        Assert.That(await DateAsync(second), Is.EqualTo(1));
    }

    [Test]
    public async Task Publish_ToASessionThatWantsNoUpdates_SparesIt()
    {
        await using var quiet = await _client.AnotherSessionAsync();
        await quiet.AnswerAsync(await quiet.SendAsync(new InvokeWithoutUpdates { Query = new AccountUpdateStatus { Offline = true } }));
        await quiet.AnswerAsync(await quiet.SendAsync(new AccountUpdateStatus { Offline = true }));

        Publish(1);
        await _client.WaitForAsync(one => one.ConstructorId == UpdateShort.Id);
        await quiet.PingAsync();

        Assert.That(quiet.Unread.Select(one => one.ConstructorId), Has.None.EqualTo(UpdateShort.Id));
    }

    [Test]
    public async Task Publish_AfterLogOut_ReachesNobody()
    {
        await _client.CallAsync(new AuthLogOut());

        Publish(1);
        await _client.PingAsync();

        Assert.That(_client.Unread.Select(one => one.ConstructorId), Has.None.EqualTo(UpdateShort.Id));
        Assert.That(_sandbox.World.Services.Updates.HasSessions(FakeWorld.UserId), Is.False);
    }

    [Test]
    public async Task Publish_WhileBrieflyAway_IsDeliveredOnTheNextConnection()
    {
        await _client.Wire.DisposeAsync();
        await RunningSandbox.UntilAsync(() => _sandbox.Server.Control.Stats().Connections == 0);
        Assert.That(_sandbox.World.Services.Updates.HasSessions(FakeWorld.UserId), Is.True);
        Publish(1);

        await _client.ReconnectAsync();
        await _client.PingAsync();

        Assert.That(await DateAsync(_client), Is.EqualTo(1));
    }

    [Test]
    public void HasSessions_WhenConnected_IsTrue()
    {
        Assert.That(_sandbox.World.Services.Updates.HasSessions(FakeWorld.UserId), Is.True);
        Assert.That(_sandbox.World.Services.Updates.HasSessions(5), Is.False);
    }

    [Test]
    public async Task Skip_OfOneUpdate_LeavesAGap()
    {
        _sandbox.Server.Control.SkipUpdate();
        Publish(1);
        Publish(2);

        Assert.That(await DateAsync(_client), Is.EqualTo(2));
    }

    [Test]
    public async Task Repeat_OfOneUpdate_SendsItTwice()
    {
        _sandbox.Server.Control.RepeatUpdate();
        Publish(1);
        Publish(2);

        Assert.That(new[] { await DateAsync(_client), await DateAsync(_client), await DateAsync(_client) }, Is.EqualTo(new[] { 1, 1, 2 }));
    }

    private static async Task<int> DateAsync(RawClient client) => (await client.WaitForAsync<UpdateShort>(UpdateShort.Id)).Date;

    private void Publish(int date, long? except = null) => _sandbox.World.Services.Updates.Publish(
        FakeWorld.UserId, new UpdateShort { Date = date, Update = new UpdateConfig() }, except);
}
