using Crm.Application.AccountAuth;
using Crm.Application.AccountLogout;
using Crm.Application.AccountPassword;
using Crm.Application.Ports.Storage;

namespace Crm.Application.Tests.AccountPassword;

public sealed class AccountPasswordTests
{
    private const string New = "staple of the new horse";

    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddAccountAsync("bob");
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenThePasswordIsRight_ChangesItAndTheStamp()
    {
        var changed = await _app.SendAsync(new AccountPasswordCommand(_account.AccountId, ApplicationFixture.Password, New));

        Assert.That(changed.Value, Is.Not.EqualTo(_account.SecurityStamp));
        Assert.That(await StampAsync(), Is.EqualTo(changed.Value));
        Assert.That((await SignInAsync(ApplicationFixture.Password)).Error, Is.EqualTo(AccountErrors.PasswordWrong));
        Assert.That((await SignInAsync(New)).Value.AccountId, Is.EqualTo(_account.AccountId));
    }

    [Test]
    public async Task Handle_WhenThePasswordIsWrong_ChangesNothingAndSoonHasToWait()
    {
        for (var i = 0; i < 5; i++)
        {
            var refused = await _app.SendAsync(new AccountPasswordCommand(_account.AccountId, "wrong", New));
            Assert.That(refused.Error, Is.EqualTo(AccountErrors.PasswordWrong));
        }

        var waiting = await _app.SendAsync(new AccountPasswordCommand(_account.AccountId, ApplicationFixture.Password, New));

        Assert.That(waiting.Error!.Code, Is.EqualTo(AccountErrors.TooManyTries.Code));
        Assert.That(await StampAsync(), Is.EqualTo(_account.SecurityStamp));
    }

    [Test]
    public async Task Handle_WhenTwoChangeItAtOnce_TakesOne()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(
            () => _app.SendAsync(new AccountPasswordCommand(_account.AccountId, ApplicationFixture.Password, $"{New} {i}")))));

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(results.Single(result => !result.IsSuccess).Error, Is.EqualTo(AccountErrors.PasswordWrong));
    }

    [Test]
    public async Task Handle_WhenSigningOut_ChangesTheStampAlone()
    {
        Assert.That((await _app.SendAsync(new AccountLogoutCommand(_account.AccountId))).IsSuccess, Is.True);

        Assert.That(await StampAsync(), Is.Not.EqualTo(_account.SecurityStamp));
        Assert.That((await SignInAsync(ApplicationFixture.Password)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenThereIsNoSuchAccount_SaysSo()
    {
        Assert.That((await _app.SendAsync(new AccountLogoutCommand(99))).Error, Is.EqualTo(AccountErrors.NotFound));
        Assert.That(
            (await _app.SendAsync(new AccountPasswordCommand(99, ApplicationFixture.Password, New))).Error, Is.EqualTo(AccountErrors.NotFound));
    }

    private Task<Crm.Domain.Result<AccountAuthResult>> SignInAsync(string password) =>
        _app.SendAsync(new AccountAuthCommand("bob", password, 1, ApplicationFixture.ApiHash));

    private Task<string?> StampAsync() => _app.Get<IAccountStore>().FindSecurityStampAsync(_account.AccountId, default);
}
