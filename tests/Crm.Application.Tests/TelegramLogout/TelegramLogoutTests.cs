using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Application.TelegramLogout;
using Crm.Domain.Connections;

namespace Crm.Application.Tests.TelegramLogout;

public sealed class TelegramLogoutTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
        await _app.SendAsync(new TelegramHandlerCommand(_account.AccountId, Listen: true));
        await _app.Get<IConnectionStore>().SaveSessionAsync(_account.ConnectionId, 0, new byte[] { 1, 2, 3 }, default);
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenSignedIn_EndsTheSessionAndForgetsIt()
    {
        var left = await LeaveAsync();

        Assert.That(left.Value, Is.EqualTo(ConnectionStatus.Disconnected));
        Assert.That(_app.Telegram.Count("SignOutAsync"), Is.EqualTo(1));
        await AssertLeftAsync();
        Assert.That((await LeaveAsync()).Error, Is.EqualTo(TelegramErrors.NotAuthorized));
    }

    [Test]
    public async Task Handle_WhenTelegramCannotBeTold_ChangesNothing()
    {
        _app.Telegram.Fail("SignOutAsync", TelegramErrors.Unreachable);

        Assert.That((await LeaveAsync()).Error, Is.EqualTo(TelegramErrors.Unreachable));

        var connection = await _app.CurrentAsync(_account.AccountId);
        Assert.That((connection.Status, connection.IsListening), Is.EqualTo((ConnectionStatus.Authorized, true)));
        Assert.That(await _app.Get<IConnectionStore>().HasSessionAsync(_account.ConnectionId, default), Is.True);
    }

    [Test]
    public async Task Handle_WhenTheCallerLeavesInTheMiddle_ListensAgain()
    {
        // As soon as it listens the supervisor has looked, and sleeps.
        _app.Telegram.Listening.Clear();
        await _app.RestartAsync();
        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Listening.ContainsKey(_account.ConnectionId));
        _app.Telegram.OnCall = call =>
        {
            if (call == "SignOutAsync")
            {
                throw new OperationCanceledException();
            }
        };

        Assert.That(async () => await LeaveAsync(), Throws.InstanceOf<OperationCanceledException>());

        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Listening.ContainsKey(_account.ConnectionId));
    }

    [Test]
    public async Task Handle_WhenItIsForced_ForgetsTheSessionAllTheSame()
    {
        _app.Telegram.Fail("SignOutAsync", TelegramErrors.Unreachable);

        Assert.That((await LeaveAsync(force: true)).Value, Is.EqualTo(ConnectionStatus.Disconnected));

        await AssertLeftAsync();
    }

    private async Task AssertLeftAsync()
    {
        var connection = await _app.CurrentAsync(_account.AccountId);
        Assert.That((connection.Status, connection.IsListening), Is.EqualTo((ConnectionStatus.Disconnected, false)));
        Assert.That(await _app.Get<IConnectionStore>().HasSessionAsync(_account.ConnectionId, default), Is.False);
        Assert.That(_app.Telegram.Listening.ContainsKey(_account.ConnectionId), Is.False);
    }

    private Task<Crm.Domain.Result<ConnectionStatus>> LeaveAsync(bool force = false) =>
        _app.SendAsync(new TelegramLogoutCommand(_account.AccountId, force));
}
