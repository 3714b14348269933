using Crm.Application.AccountAuth;
using Crm.Application.AccountDelete;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramHandler;

namespace Crm.Application.Tests.AccountDelete;

public sealed class AccountDeleteTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync("bob");
        await _app.SendAsync(new TelegramHandlerCommand(_account.AccountId, Listen: true));
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenThePasswordIsRight_EndsTheSessionAndErasesTheAccount()
    {
        await _app.StartAsync();

        Assert.That((await DeleteAsync()).IsSuccess, Is.True);

        Assert.That(_app.Telegram.Count("SignOutAsync"), Is.EqualTo(1));
        Assert.That(_app.Telegram.Listening, Is.Empty);
        await ApplicationFixture.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return await _app.Get<IConnectionStore>().FindAsync(_account.ConnectionId, default) is null;
        });

        // The account itself goes last.
        await ApplicationFixture.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return (await DeleteAsync()).Error == AccountErrors.NotFound;
        });
    }

    [Test]
    public async Task Handle_WhenThePasswordIsWrong_ChangesNothingAndSoonHasToWait()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await DeleteAsync("wrong")).Error, Is.EqualTo(AccountErrors.PasswordWrong));
        }

        Assert.That((await DeleteAsync()).Error!.Code, Is.EqualTo(AccountErrors.TooManyTries.Code));
        Assert.That(_app.Telegram.Count("SignOutAsync"), Is.Zero);
        Assert.That(await _app.Get<IAccountStore>().ExistsAsync(_account.AccountId, default), Is.True);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Handle_WhenTelegramCannotBeTold_GoesOnOnlyWhenForced(bool force)
    {
        _app.Telegram.Fail("SignOutAsync", TelegramErrors.Unreachable);

        var deleted = await DeleteAsync(force: force);

        Assert.That(deleted.Error, Is.EqualTo(force ? null : TelegramErrors.Unreachable));
        Assert.That(await _app.Get<IAccountStore>().ExistsAsync(_account.AccountId, default), Is.EqualTo(!force));
    }

    private Task<Domain.Result> DeleteAsync(string password = ApplicationFixture.Password, bool force = false) =>
        _app.SendAsync(new AccountDeleteCommand(_account.AccountId, password, force));
}
