using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramLoad;
using Crm.Domain.Connections;
using Crm.Domain.Dialogs;

namespace Crm.Application.Tests.TelegramLoad;

public sealed class TelegramLoadTests
{
    private ApplicationFixture _app = null!;

    [SetUp]
    public void SetUp() => _app = new ApplicationFixture();

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenSignedIn_ListsTheDialogsAndRemembersThem()
    {
        var account = await _app.AddOperatorAsync();

        var dialogs = (await _app.SendAsync(new TelegramLoadCommand(account.AccountId))).Value;

        Assert.That(dialogs.Select(dialog => dialog.Id), Is.EqualTo(new[] { 100L, -200L }));
        var anna = dialogs[0];
        Assert.That((anna.Username, anna.Phone, anna.Type, anna.Title), Is.EqualTo(("anna", "79990000001", DialogType.User, "Anna")));
        Assert.That((anna.UnreadCount, anna.LastMessage, anna.Timestamp), Is.EqualTo((2, "hi", (long?)1_700_000_009)));
        Assert.That((dialogs[1].LastMessage, dialogs[1].Timestamp), Is.EqualTo(((string?)null, (long?)null)));
        var peer = await _app.Get<IDialogStore>().FindPeerAsync(account.ConnectionId, 100, default);
        Assert.That(peer!.AccessHash, Is.EqualTo(11));
    }

    [Test]
    public async Task Handle_WhenNotSignedIn_RefusesWithoutAskingTelegram()
    {
        var account = await _app.AddAccountAsync();

        Assert.That((await _app.SendAsync(new TelegramLoadCommand(account.AccountId))).Error, Is.EqualTo(TelegramErrors.NotAuthorized));
        Assert.That((await _app.SendAsync(new TelegramLoadCommand(404))).Error, Is.EqualTo(TelegramErrors.NotAuthorized));
        Assert.That(_app.Telegram.Calls, Is.Empty);
    }

    [Test]
    public async Task Handle_WhenTelegramEndedTheSession_RevokesThisConnectionAndNoOther()
    {
        var account = await _app.AddOperatorAsync();
        var other = await _app.AddOperatorAsync("other");
        _app.Telegram.Fail("GetDialogsAsync", TelegramErrors.NotAuthorized);

        var first = await _app.SendAsync(new TelegramLoadCommand(account.AccountId));
        var second = await _app.SendAsync(new TelegramLoadCommand(account.AccountId));

        Assert.That(first.Error, Is.EqualTo(TelegramErrors.SessionRevoked));
        Assert.That(second.Error, Is.EqualTo(TelegramErrors.SessionRevoked));
        Assert.That((await _app.CurrentAsync(account.AccountId)).Status, Is.EqualTo(ConnectionStatus.Revoked));
        Assert.That((await _app.SendAsync(new TelegramLoadCommand(other.AccountId))).IsSuccess, Is.True);
    }
}
