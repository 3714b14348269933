using Crm.Application.AccountAuth;
using Crm.Application.Telegram;
using Crm.Application.TelegramAuth;
using Crm.Domain.Connections;

namespace Crm.Application.Tests.TelegramAuth;

public sealed class TelegramAuthTests
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
    public async Task Handle_WhenThereWasNoPreauth_Refuses()
    {
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: false)).Error, Is.EqualTo(TelegramErrors.PreauthRequired));
        Assert.That((await _app.AuthAsync(404, flag: false)).Error, Is.EqualTo(TelegramErrors.PreauthRequired));
    }

    [Test]
    public async Task Handle_WhenTheCallerLeavesInTheMiddle_KeepsWhatTelegramAnswered()
    {
        await _app.PreauthAsync(_account.AccountId);

        await LeaveDuringAsync("SendCodeAsync", new TelegramAuthCommand(_account.AccountId, Flag: false, null, Resend: false));
        await LeaveDuringAsync("SignInAsync", new TelegramAuthCommand(_account.AccountId, Flag: true, "11111", Resend: false));

        var wrong = await _app.AuthAsync(_account.AccountId, flag: true, "11111");
        Assert.That(wrong.Error!.Facts!["tries_left"], Is.EqualTo(3), "both guesses count");
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(1));
    }

    private async Task LeaveDuringAsync(string call, TelegramAuthCommand command)
    {
        using var caller = new CancellationTokenSource();
        _app.Telegram.OnCall = made => _ = made == call ? caller.CancelAsync() : Task.CompletedTask;
        await _app.SendAsync(command, caller.Token);
        Assert.That(caller.IsCancellationRequested, Is.True);
        _app.Telegram.OnCall = null;
    }

    [Test]
    public async Task Handle_WhenACodeIsAskedForAndEntered_SignsIn()
    {
        await _app.PreauthAsync(_account.AccountId);

        var asked = (await _app.AuthAsync(_account.AccountId, flag: false)).Value;
        Assert.That((asked.Status, asked.CodeType, asked.CodeLength, asked.NextType, asked.Timeout),
            Is.EqualTo((ConnectionStatus.CodeRequired, "app", (int?)5, "sms", (int?)60)));

        var wrong = await _app.AuthAsync(_account.AccountId, flag: true, "11111");
        Assert.That((wrong.Error!.Code, wrong.Error.Facts!["tries_left"]), Is.EqualTo(("telegram.code_invalid", 4)));

        // 2222 is what is left of 02222 in JSON.
        var signedIn = (await _app.AuthAsync(_account.AccountId, flag: true, "2222")).Value;
        Assert.That((signedIn.Status, signedIn.TelegramUser!.Id, signedIn.CodeType), Is.EqualTo((ConnectionStatus.Authorized, 7L, (string?)null)));

        var again = (await _app.AuthAsync(_account.AccountId, flag: false)).Value;
        Assert.That((again.Status, again.TelegramUser!.Id), Is.EqualTo((ConnectionStatus.Authorized, 7L)));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenACodeIsUnderWay_AsksForNoOtherUntilItsTimeHasPassed()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        _app.Time.Advance(TimeSpan.FromSeconds(20));

        var pending = (await _app.AuthAsync(_account.AccountId, flag: false)).Value;
        Assert.That((pending.Status, pending.Timeout), Is.EqualTo((ConnectionStatus.CodeRequired, (int?)40)));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(1));

        _app.Time.Advance(TimeSpan.FromSeconds(40));
        await _app.AuthAsync(_account.AccountId, flag: false);
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(2));
    }

    [Test]
    public async Task Handle_WhenResendIsAskedFor_AsksTelegramForTheNextCode()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        _app.Time.Advance(TimeSpan.FromSeconds(20));
        var early = await _app.AuthAsync(_account.AccountId, flag: false, resend: true);
        Assert.That((early.Error!.Code, early.Error.RetryAfter), Is.EqualTo(("telegram.resend_too_early", TimeSpan.FromSeconds(40))));
        Assert.That(_app.Telegram.Count("ResendCodeAsync"), Is.Zero);
        _app.Time.Advance(TimeSpan.FromSeconds(40));

        var resent = (await _app.AuthAsync(_account.AccountId, flag: false, resend: true)).Value;

        Assert.That((resent.CodeType, resent.NextType), Is.EqualTo(("sms", (string?)null)));
        Assert.That(_app.Telegram.Count("ResendCodeAsync"), Is.EqualTo(1));
        Assert.That(
            (await _app.AuthAsync(_account.AccountId, flag: false, resend: true)).Error,
            Is.EqualTo(TelegramErrors.NoOtherWay), "there is no way after the last");
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Value.Status,
            Is.EqualTo(ConnectionStatus.Authorized));
    }

    [Test]
    public async Task Handle_WhenTheCodeToResendHasExpired_AsksForANewOne()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        _app.Time.Advance(TimeSpan.FromSeconds(60));
        _app.Telegram.Fail("ResendCodeAsync", TelegramErrors.CodeExpired);

        var resent = (await _app.AuthAsync(_account.AccountId, flag: false, resend: true)).Value;

        Assert.That(resent.CodeType, Is.EqualTo("app"));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(2));
    }

    [Test]
    public async Task Handle_WhenTheCodeHasExpired_ForgetsItSoThatTheNextCallAsksAnew()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        _app.Telegram.Fail("SignInAsync", TelegramErrors.CodeExpired);

        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Error, Is.EqualTo(TelegramErrors.CodeExpired));
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Error, Is.EqualTo(TelegramErrors.CodeNotRequested));

        await _app.AuthAsync(_account.AccountId, flag: false);
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(2));
    }

    [Test]
    public async Task Handle_WhenTheProcessRestartsWhileACodeIsUnderWay_GoesOn()
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);

        await _app.RestartAsync(start: false);

        var signedIn = await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);
        Assert.That(signedIn.Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenThePasswordIsAtHand_SignsInWithIt()
    {
        _app.Telegram.CloudPassword = "sandbox";
        await _app.PreauthAsync(_account.AccountId, password: "sandbox");
        await _app.AuthAsync(_account.AccountId, flag: false);

        var signedIn = await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);

        Assert.That(signedIn.Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
    }

    [Test]
    public async Task Handle_WhenThePasswordIsWrong_RefusesAndWaitsForAnother()
    {
        _app.Telegram.CloudPassword = "sandbox";
        await _app.PreauthAsync(_account.AccountId, password: "wrong");
        await _app.AuthAsync(_account.AccountId, flag: false);

        var refused = await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);
        Assert.That(refused.Error, Is.EqualTo(TelegramErrors.PasswordInvalid));

        var waiting = await _app.AuthAsync(_account.AccountId, flag: false);
        Assert.That(waiting.Value.Status, Is.EqualTo(ConnectionStatus.PasswordRequired));
        Assert.That(_app.Telegram.Count("CheckPasswordAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenThePasswordIsAtHandAndOwed_NeedsNoCode()
    {
        _app.Telegram.CloudPassword = "sandbox";
        await _app.PreauthAsync(_account.AccountId, password: "sandbox");
        await _app.AuthAsync(_account.AccountId, flag: false);
        _app.Telegram.Fail("CheckPasswordAsync", TelegramErrors.Unreachable);
        await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);

        var signedIn = await _app.AuthAsync(_account.AccountId, flag: true);

        Assert.That(signedIn.Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
    }

    [Test]
    public async Task Handle_WhenTheLastTryIsWrong_ForgetsTheCodeAlsoOverARestart()
    {
        await _app.PreauthAsync(_account.AccountId);
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: false)).Value.TriesLeft, Is.EqualTo(5));
        for (var left = 4; left > 0; left--)
        {
            var wrong = (await _app.AuthAsync(_account.AccountId, flag: true, "11111")).Error!;
            Assert.That((wrong.Code, wrong.Facts!["tries_left"]), Is.EqualTo(("telegram.code_invalid", left)));
            await _app.RestartAsync(start: false);
        }

        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, "11111")).Error!.Code, Is.EqualTo("telegram.code_tries_exhausted"));
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Error, Is.EqualTo(TelegramErrors.CodeNotRequested));
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: false)).Value.TriesLeft, Is.EqualTo(5));
    }

    [Test]
    public async Task Handle_WhenThePasswordWasLostWithTheProcess_SaysWhereItBelongs()
    {
        _app.Telegram.CloudPassword = "sandbox";
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);
        await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code);
        await _app.RestartAsync(start: false);

        Assert.That((await _app.AuthAsync(_account.AccountId, flag: false)).Value.Status, Is.EqualTo(ConnectionStatus.PasswordRequired));
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Error, Is.EqualTo(TelegramErrors.PasswordRequired));
        Assert.That((await _app.PreauthAsync(_account.AccountId, "sandbox")).Value.Status, Is.EqualTo(ConnectionStatus.Authorized));
    }

    [TestCase(null)]
    [TestCase("")]
    public async Task Handle_WhenTheCodeIsMissing_NamesTheField(string? code)
    {
        await _app.PreauthAsync(_account.AccountId);
        await _app.AuthAsync(_account.AccountId, flag: false);

        var refused = await _app.AuthAsync(_account.AccountId, flag: true, code);

        Assert.That(refused.Error!.Fields!.Keys, Is.EqualTo(new[] { "code" }));
    }

    [Test]
    public async Task Handle_WhenTelegramAsksToWait_PassesTheWaitOn()
    {
        await _app.PreauthAsync(_account.AccountId);
        _app.Telegram.Fail("SendCodeAsync", TelegramErrors.FloodWait(TimeSpan.FromSeconds(33)));

        var refused = await _app.AuthAsync(_account.AccountId, flag: false);

        Assert.That((refused.Error!.Code, refused.Error.RetryAfter), Is.EqualTo(("telegram.flood_wait", TimeSpan.FromSeconds(33))));
        Assert.That((await _app.CurrentAsync(_account.AccountId)).Status, Is.EqualTo(ConnectionStatus.Disconnected));
    }

    [Test]
    public async Task Handle_WhenManyAskForACodeAtOnce_SendsOne()
    {
        await _app.PreauthAsync(_account.AccountId);

        var asked = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _app.AuthAsync(_account.AccountId, flag: false))));

        Assert.That(asked.Select(result => result.Value.Status), Is.All.EqualTo(ConnectionStatus.CodeRequired));
        Assert.That(_app.Telegram.Count("SendCodeAsync"), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenTheSessionWasRevoked_SignsInAgain()
    {
        await _app.AddOperatorAsync();
        _app.Telegram.SignOut(_account.ConnectionId);

        Assert.That((await _app.AuthAsync(_account.AccountId, flag: false)).Value.Status, Is.EqualTo(ConnectionStatus.CodeRequired));
        Assert.That((await _app.AuthAsync(_account.AccountId, flag: true, FakeTelegram.Code)).Value.Status,
            Is.EqualTo(ConnectionStatus.Authorized));
    }
}
