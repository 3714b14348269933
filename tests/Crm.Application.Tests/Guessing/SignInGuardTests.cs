using System.Net;
using Crm.Application.AccountAuth;
using Crm.Application.Telegram;
using Crm.Domain;

namespace Crm.Application.Tests.Guessing;

public sealed class SignInGuardTests
{
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    private ApplicationFixture _app = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        await _app.AddAccountAsync("bob");
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenTriesGoWrong_WaitsEverLonger()
    {
        await GuessAsync(5, Home);
        Assert.That(await WaitAsync(Home), Is.EqualTo(TimeSpan.FromSeconds(1)));

        _app.Time.Advance(TimeSpan.FromSeconds(1));
        await GuessAsync(1, Home);

        Assert.That(await WaitAsync(Home), Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task Handle_WhenItHasToWait_RefusesTheRightPasswordToo()
    {
        await GuessAsync(5, Home);

        var refused = await TryAsync(ApplicationFixture.Password, Home);

        Assert.That(refused.Error!.Code, Is.EqualTo(AccountErrors.TooManyTries.Code));
        Assert.That(refused.Error.Category, Is.EqualTo(ErrorCategory.TooManyRequests));
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await TryAsync(ApplicationFixture.Password, Home)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenTriesAreMadeAtOnce_CountsEachBeforeTheNext()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TryAsync("wrong", Home))));

        Assert.That(results.Count(result => result.Error == AccountErrors.PasswordWrong), Is.EqualTo(5));
    }

    [Test]
    public async Task Handle_WhenSomebodyElseGuesses_LetsTheOwnerIn()
    {
        await GuessAsync(5, Elsewhere);

        Assert.That(await WaitAsync(Elsewhere), Is.GreaterThan(TimeSpan.Zero));
        Assert.That((await TryAsync(ApplicationFixture.Password, Home)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenTheRightPasswordCame_ForgetsTheWrongOnes()
    {
        await GuessAsync(4, Home);
        await TryAsync(ApplicationFixture.Password, Home);

        await GuessAsync(4, Home);

        Assert.That((await TryAsync(ApplicationFixture.Password, Home)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenTheProcessIsRestarted_StillWaits()
    {
        await GuessAsync(5, Home);

        await _app.RestartAsync(start: false);

        Assert.That(await WaitAsync(Home), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task Handle_WhenADayHasPassed_BeginsAnew()
    {
        await GuessAsync(5, Home);
        _app.Time.Advance(TimeSpan.FromDays(1));

        await GuessAsync(4, Home);

        Assert.That((await TryAsync(ApplicationFixture.Password, Home)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenOneAddressTriesManyLogins_HasToWaitWhateverTheLogin()
    {
        await CloseRegistrationAsync();
        for (var i = 0; i < 30; i++)
        {
            await TryAsync("wrong", Home, $"login {i}");
        }

        Assert.That(await WaitAsync(Home, "a login nobody has tried"), Is.GreaterThan(TimeSpan.Zero));
        Assert.That((await TryAsync(ApplicationFixture.Password, Elsewhere)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenALoginIsUnknown_CountsAsIfItWereKnown()
    {
        await CloseRegistrationAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await TryAsync("wrong", Home, "nobody")).Error, Is.EqualTo(AccountErrors.PasswordWrong));
        }

        Assert.That(await WaitAsync(Home, "nobody"), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7", true)]
    public async Task Handle_WhenAddressesAreOfOneNetwork_CountsThemAsOne(string one, string other, bool areOne)
    {
        await GuessAsync(5, IPAddress.Parse(one));

        Assert.That(await WaitAsync(IPAddress.Parse(other)) > TimeSpan.Zero, Is.EqualTo(areOne));
    }

    private Task CloseRegistrationAsync()
    {
        _app.Accounts.AllowRegistration = false;
        return _app.RestartAsync(start: false);
    }

    [Test]
    public async Task TryCode_WhenCodesAreWrongOverSeveralCodes_WaitsThoughEachIsFresh()
    {
        var refusals = new List<string>();
        var account = await _app.AddAccountAsync("carol");
        await _app.PreauthAsync(account.AccountId);
        for (var i = 0; i < 11; i++)
        {
            if (i % 5 == 0)
            {
                await _app.AuthAsync(account.AccountId, flag: false);
            }

            refusals.Add((await _app.AuthAsync(account.AccountId, flag: true, "00000")).Error!.Code);
        }

        Assert.That(refusals.Take(10), Has.None.EqualTo(TelegramErrors.TooManyTries.Code));
        Assert.That(refusals[10], Is.EqualTo(TelegramErrors.TooManyTries.Code));
    }

    private async Task GuessAsync(int times, IPAddress address)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.That((await TryAsync("wrong", address)).Error, Is.EqualTo(AccountErrors.PasswordWrong));
        }
    }

    private Task<Result<AccountAuthResult>> TryAsync(string password, IPAddress address, string login = "bob") =>
        _app.SendAsync(new AccountAuthCommand(login, password, 1, ApplicationFixture.ApiHash) { Address = address });

    /// <summary>How long the next try has to wait; zero when it is taken.</summary>
    private async Task<TimeSpan> WaitAsync(IPAddress address, string login = "bob") =>
        (await TryAsync("wrong", address, login)).Error?.RetryAfter ?? TimeSpan.Zero;
}
