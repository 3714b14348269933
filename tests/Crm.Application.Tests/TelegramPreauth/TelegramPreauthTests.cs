using Crm.Application.AccountAuth;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramPreauth;
using Crm.Domain.Connections;

namespace Crm.Application.Tests.TelegramPreauth;

public sealed class TelegramPreauthTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddAccountAsync();
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenNobodyIsSignedIn_AnswersDisconnectedWithANewSession()
    {
        var result = (await _app.PreauthAsync(_account.AccountId)).Value;

        Assert.That((result.AccountId, result.Messenger, result.Phone), Is.EqualTo((_account.AccountId, "telegram", "9996620001")));
        Assert.That((result.SessionFound, result.Status, result.TelegramUser), Is.EqualTo((false, ConnectionStatus.Disconnected, (object?)null)));
    }

    [Test]
    public async Task Handle_WhenTheStoredSessionIsSignedIn_FindsItAndSaysWhoItIs()
    {
        await SaveSessionAsync();
        _app.Telegram.SignInAs(_account.ConnectionId);

        var result = (await _app.PreauthAsync(_account.AccountId)).Value;

        Assert.That((result.SessionFound, result.Status, result.TelegramUser!.Id), Is.EqualTo((true, ConnectionStatus.Authorized, 7L)));
        Assert.That((await _app.CurrentAsync(_account.AccountId)).TelegramUserId, Is.EqualTo(7));
    }

    [Test]
    public async Task Handle_WhenACodeIsGiven_SignsInAtOnce()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);

        var result = (await _app.PreauthAsync(_account.AccountId, code: FakeTelegram.Code)).Value;

        Assert.That((result.Status, result.TelegramUser!.Id), Is.EqualTo((ConnectionStatus.Authorized, 7L)));
    }

    [Test]
    public async Task Handle_WhenACodeIsGivenThatNobodyAskedFor_Refuses() =>
        Assert.That((await _app.PreauthAsync(_account.AccountId, code: "12345")).Error, Is.EqualTo(TelegramErrors.CodeNotRequested));

    [Test]
    public async Task Handle_WhenTheCloudPasswordIsOwed_TakesItFromTheRequest()
    {
        _app.Telegram.CloudPassword = "sandbox";
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        var owed = await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);
        Assert.That(owed.Value.Status, Is.EqualTo(ConnectionStatus.PasswordRequired));

        var wrong = await _app.PreauthAsync(_account.AccountId, password: "wrong");
        var right = await _app.PreauthAsync(_account.AccountId, password: "sandbox");

        Assert.That(wrong.Error, Is.EqualTo(TelegramErrors.PasswordInvalid));
        Assert.That(right.Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
        Assert.That(_app.Get<ICloudPasswordVault>().Find(_account.ConnectionId), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Handle_WhenTelegramEndedTheSession_BeginsANewOne(bool wasSignedIn)
    {
        if (wasSignedIn)
        {
            await _app.AddOperatorAsync();
            _app.Telegram.SignOut(_account.ConnectionId);
        }

        await SaveSessionAsync();
        _app.Telegram.Fail("ConnectAsync", TelegramErrors.SessionRevoked);

        var result = await _app.PreauthAsync(_account.AccountId);

        Assert.That(result.Error, Is.Null);
        Assert.That((result.Value.SessionFound, result.Value.Status), Is.EqualTo((false, ConnectionStatus.Disconnected)));
        Assert.That(await _app.Get<IConnectionStore>().HasSessionAsync(_account.ConnectionId, default), Is.False);
    }

    [Test]
    public async Task Handle_WhenASignedInSessionIsNoLonger_GoesThroughRevokedToDisconnected()
    {
        await _app.AddOperatorAsync();
        _app.Telegram.SignOut(_account.ConnectionId);

        var result = (await _app.PreauthAsync(_account.AccountId)).Value;

        Assert.That(result.Status, Is.EqualTo(ConnectionStatus.Disconnected));
        var log = await _app.Get<IEventStore>().ReadAsync(_account.AccountId, 0, 10, default);
        Assert.That(log.Events.Select(stored => stored.Data), Is.EqualTo(new[]
        {
            """{"status":"authorized","previous":"disconnected"}""",
            """{"status":"revoked","previous":"authorized"}""",
            """{"status":"disconnected","previous":"revoked"}""",
        }));
    }

    [Test]
    public async Task Handle_WhenTelegramIsAway_SaysSo()
    {
        _app.Telegram.Down = TelegramErrors.Unreachable;

        Assert.That((await _app.PreauthAsync(_account.AccountId)).Error, Is.EqualTo(TelegramErrors.Unreachable));
    }

    [Test]
    public async Task Handle_WhenThePhoneChanges_MovesToAnotherConnectionAndBack()
    {
        await _app.AddOperatorAsync();

        var other = (await _app.SendAsync(new TelegramPreauthCommand(_account.AccountId, "9996620002", "", "", 0))).Value;
        Assert.That(other.Status, Is.EqualTo(ConnectionStatus.Disconnected));
        Assert.That((await _app.CurrentAsync(_account.AccountId)).Id, Is.Not.EqualTo(_account.ConnectionId));

        var back = (await _app.PreauthAsync(_account.AccountId)).Value;
        Assert.That(back.Status, Is.EqualTo(ConnectionStatus.Authorized));
    }

    [Test]
    public async Task Handle_WhenThereIsNoAccount_AnswersNotFound() =>
        Assert.That((await _app.PreauthAsync(404)).Error, Is.EqualTo(AccountErrors.NotFound));

    [TestCase("not a phone", "", "", "phone")]
    [TestCase(null, "", "", "phone")]
    [TestCase("9996620001", "", "1\n", "code")]
    public async Task Send_WhenAFieldIsWrong_NamesIt(string? phone, string password, string code, string field)
    {
        var refused = await _app.SendAsync(new TelegramPreauthCommand(_account.AccountId, phone!, password, code, null));

        Assert.That(refused.Error!.Fields!.Keys, Is.EqualTo(new[] { field }));
        Assert.That(_app.Telegram.Calls, Is.Empty);
    }

    [Test]
    public async Task Handle_WhenAPasswordIsGiven_WritesItNowhere()
    {
        await _app.PreauthAsync(_account.AccountId, password: "a-cloud-password-to-look-for");

        Assert.That(_app.Get<ICloudPasswordVault>().Find(_account.ConnectionId), Is.EqualTo("a-cloud-password-to-look-for"));
        foreach (var file in Directory.GetFiles(_app.DataDirectory, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            Assert.That(copy.ToArray().AsSpan().IndexOf("password-to-look-for"u8), Is.EqualTo(-1), file);
        }
    }

    private async Task SaveSessionAsync() =>
        await _app.Get<IConnectionStore>().SaveSessionAsync(
            _account.ConnectionId, (await _app.CurrentAsync(_account.AccountId)).SessionNumber, "session"u8.ToArray(), default);
}
