using Crm.Application.AccountAuth;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Domain.Connections;

namespace Crm.Application.Tests.TelegramHandler;

public sealed class TelegramHandlerTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenSignedIn_ListensAndSaysSinceWhen()
    {
        var first = (await ListenAsync()).Value;
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await ListenAsync()).Value;

        Assert.That(first.Listening, Is.True);
        Assert.That(second.Since, Is.EqualTo(first.Since));
        Assert.That(_app.Telegram.Listening.Keys, Is.EqualTo(new[] { _account.ConnectionId }));
    }

    [Test]
    public async Task Handle_WhenNotSignedIn_Refuses()
    {
        var stranger = await _app.AddAccountAsync("stranger");

        var refused = await _app.SendAsync(new TelegramHandlerCommand(stranger.AccountId, Listen: true));

        Assert.That(refused.Error, Is.EqualTo(TelegramErrors.NotAuthorized));
    }

    [Test]
    public async Task Handle_WhenItIsSwitchedOff_StopsAndStaysOffAfterARestart()
    {
        await ListenAsync();

        var stopped = (await _app.SendAsync(new TelegramHandlerCommand(_account.AccountId, Listen: false))).Value;

        Assert.That((stopped.Listening, stopped.Since), Is.EqualTo((false, (long?)null)));
        Assert.That(_app.Telegram.Listening, Is.Empty);
        await _app.RestartAsync();
        await _app.AddOperatorAsync("later");
        Assert.That(_app.Telegram.Listening, Is.Empty);
    }

    [Test]
    public async Task Start_WhenItListenedBeforeTheRestart_ListensAgainUnasked()
    {
        await ListenAsync();
        _app.Telegram.Listening.Clear();

        await _app.RestartAsync();

        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Listening.ContainsKey(_account.ConnectionId));
    }

    [Test]
    public async Task Start_WhenTelegramIsAway_TriesAgainUntilItIsBack()
    {
        await ListenAsync();
        _app.Telegram.Listening.Clear();
        _app.Telegram.Down = TelegramErrors.Unreachable;
        await _app.RestartAsync();
        await ApplicationFixture.EventuallyAsync(() => _app.Telegram.Count("StartListeningAsync") >= 2);

        _app.Telegram.Down = null;

        await ApplicationFixture.EventuallyAsync(() =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return _app.Telegram.Listening.ContainsKey(_account.ConnectionId);
        });
    }

    [Test]
    public async Task Handle_WhenTelegramIsAway_AnswersAndListensLater()
    {
        await _app.StartAsync();
        _app.Telegram.Down = TelegramErrors.Unreachable;

        var listening = await ListenAsync();

        Assert.That(listening.Value.Listening, Is.True);
        _app.Telegram.Down = null;
        await ApplicationFixture.EventuallyAsync(() =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return _app.Telegram.Listening.ContainsKey(_account.ConnectionId);
        });
    }

    [Test]
    public async Task Handle_WhenTelegramEndedTheSession_SaysSoAndStopsTrying()
    {
        _app.Telegram.Fail("StartListeningAsync", TelegramErrors.SessionRevoked);

        Assert.That((await ListenAsync()).Error, Is.EqualTo(TelegramErrors.SessionRevoked));
        var connection = await _app.CurrentAsync(_account.AccountId);
        Assert.That((connection.Status, connection.IsListening), Is.EqualTo((ConnectionStatus.Revoked, false)));
    }

    [Test]
    public async Task SessionEndedAsync_WhenTheGatewayReportsIt_RevokesOnce()
    {
        await ListenAsync();
        var monitor = _app.Get<ISessionMonitor>();

        await monitor.SessionEndedAsync(_account.ConnectionId, 0, default);
        await monitor.SessionEndedAsync(_account.ConnectionId, 0, default);
        await monitor.SessionEndedAsync(404, 0, default);

        var connection = await _app.CurrentAsync(_account.AccountId);
        Assert.That((connection.Status, connection.IsListening), Is.EqualTo((ConnectionStatus.Revoked, false)));
    }

    [Test]
    public async Task SessionEndedAsync_WhenTheConnectionHasAnotherSessionByNow_LeavesItAlone()
    {
        await ListenAsync();
        var monitor = _app.Get<ISessionMonitor>();
        var since = (await _app.CurrentAsync(_account.AccountId)).ListeningSince;
        await monitor.SessionEndedAsync(_account.ConnectionId, 0, default);
        await _app.PreauthAsync(_account.AccountId);
        var again = await _app.CurrentAsync(_account.AccountId);
        Assert.That((again.Status, again.ListeningSince), Is.EqualTo((ConnectionStatus.Authorized, since)), "the same user goes on");

        await monitor.SessionEndedAsync(_account.ConnectionId, 0, default);

        Assert.That((await _app.CurrentAsync(_account.AccountId)).Status, Is.EqualTo(ConnectionStatus.Authorized));
    }

    private Task<Domain.Result<ListeningState>> ListenAsync() =>
        _app.SendAsync(new TelegramHandlerCommand(_account.AccountId, Listen: true));
}
