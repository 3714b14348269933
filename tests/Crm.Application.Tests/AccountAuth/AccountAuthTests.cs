using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Application.Tests.AccountAuth;

public sealed class AccountAuthTests
{
    private static readonly AccountAuthCommand Valid = new("bob", ApplicationFixture.Password, 1, ApplicationFixture.ApiHash);

    private ApplicationFixture _app = null!;

    [SetUp]
    public void SetUp() => _app = new ApplicationFixture();

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenTheLoginIsUnknown_AddsIt()
    {
        var result = (await _app.SendAsync(Valid)).Value;

        Assert.That((result.Created, result.Login, result.Messenger), Is.EqualTo((true, "bob", "telegram")));
        Assert.That((await _app.CurrentAsync(result.AccountId)).Id, Is.EqualTo(result.ConnectionId));
    }

    [Test]
    public async Task Handle_WhenTheLoginIsKnown_RecognisesItAndTakesTheNewCredentials()
    {
        var first = (await _app.SendAsync(Valid)).Value;

        var second = (await _app.SendAsync(Valid with { Login = "BOB", ApiId = 2, ApiHash = "other" })).Value;

        Assert.That((second.Created, second.Login), Is.EqualTo((false, "bob")));
        Assert.That((second.AccountId, second.ConnectionId), Is.EqualTo((first.AccountId, first.ConnectionId)));
        var connection = await _app.CurrentAsync(first.AccountId);
        Assert.That((connection.ApiId, connection.ApiHash), Is.EqualTo((2, "other")));
    }

    [Test]
    public async Task Handle_WhenThePasswordIsWrong_RefusesAndChangesNothing()
    {
        var account = (await _app.SendAsync(Valid)).Value;

        var refused = await _app.SendAsync(Valid with { Password = "wrong", ApiId = 9 });

        Assert.That(refused.Error, Is.EqualTo(AccountErrors.PasswordWrong));
        Assert.That(refused.Error!.Category, Is.EqualTo(ErrorCategory.Unauthorized));
        Assert.That((await _app.CurrentAsync(account.AccountId)).ApiId, Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenFiftySignInAtOnce_MakesOneAccount()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _app.SendAsync(Valid))));

        Assert.That(results.Select(result => result.Error?.Code), Is.All.Null);
        Assert.That(results.Select(result => result.Value.AccountId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(results.Count(result => result.Value.Created), Is.EqualTo(1));
    }

    [Test]
    public async Task Handle_WhenAnotherPasswordLosesTheRace_RefusesIt()
    {
        var commands = Enumerable.Range(0, 20).Select(i => Valid with { Password = $"password {i % 2}" });

        var results = await Task.WhenAll(commands.Select(command => Task.Run(() => _app.SendAsync(command))));

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(10));
        Assert.That(results.Where(result => !result.IsSuccess).Select(result => result.Error), Is.All.EqualTo(AccountErrors.PasswordWrong));
    }

    [Test]
    public async Task Handle_WhenRegistrationIsOff_AnswersAnUnknownLoginLikeAWrongPassword()
    {
        _app.Accounts.AllowRegistration = false;

        var refused = await _app.SendAsync(Valid);

        Assert.That(refused.Error, Is.EqualTo(AccountErrors.PasswordWrong));
        Assert.That(await _app.Get<IAccountStore>().FindLastSignedInAsync(default), Is.Null);
    }

    [Test]
    public async Task Handle_WhenTheHashIsOutdated_ReplacesIt()
    {
        await _app.SendAsync(Valid);
        var before = await FindHashAsync();
        _app.PasswordIterations = 20;
        await _app.RestartAsync(start: false);

        await _app.SendAsync(Valid);

        Assert.That(await FindHashAsync(), Is.Not.EqualTo(before));
        Assert.That((await _app.SendAsync(Valid)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Handle_WhenAnAccountSignsIn_BecomesTheLastOne()
    {
        var first = (await _app.SendAsync(Valid)).Value;
        await _app.SendAsync(Valid with { Login = "carol" });

        await _app.SendAsync(Valid);

        Assert.That(await _app.Get<IAccountStore>().FindLastSignedInAsync(default), Is.EqualTo(first.AccountId));
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return new TestCaseData(Valid with { Login = "" }, "login").SetArgDisplayNames("no login");
        yield return new TestCaseData(Valid with { Login = null! }, "login").SetArgDisplayNames("null login");
        yield return new TestCaseData(Valid with { Login = new string('x', 257) }, "login").SetArgDisplayNames("long login");
        yield return new TestCaseData(Valid with { Login = "a\nb" }, "login").SetArgDisplayNames("control in login");
        yield return new TestCaseData(Valid with { Password = "" }, "password").SetArgDisplayNames("no password");
        yield return new TestCaseData(Valid with { Password = null! }, "password").SetArgDisplayNames("null password");
        yield return new TestCaseData(Valid with { Password = new string('x', 1025) }, "password").SetArgDisplayNames("long password");
        yield return new TestCaseData(Valid with { Password = "\uD83C" }, "password").SetArgDisplayNames("broken password");
        yield return new TestCaseData(Valid with { ApiId = 0 }, "id_api").SetArgDisplayNames("id_api 0");
        yield return new TestCaseData(Valid with { ApiId = -1 }, "id_api").SetArgDisplayNames("id_api -1");
        yield return new TestCaseData(Valid with { ApiHash = "" }, "api_hash").SetArgDisplayNames("no api_hash");
        yield return new TestCaseData(Valid with { ApiHash = null! }, "api_hash").SetArgDisplayNames("null api_hash");
        yield return new TestCaseData(Valid with { ApiHash = new string('x', 129) }, "api_hash").SetArgDisplayNames("long api_hash");
        yield return new TestCaseData(Valid with { ApiHash = "a\0" }, "api_hash").SetArgDisplayNames("control in api_hash");
    }

    [TestCaseSource(nameof(Broken))]
    public async Task Send_WhenAFieldIsWrong_NamesItAndAddsNothing(AccountAuthCommand command, string field)
    {
        var refused = await _app.SendAsync(command);

        Assert.That((refused.Error!.Code, refused.Error.Category), Is.EqualTo(("validation.failed", ErrorCategory.Validation)));
        Assert.That(refused.Error.Fields!.Keys, Is.EqualTo(new[] { field }));
        Assert.That(refused.Error.Fields[field], Has.All.Contain(field));
        Assert.That(await _app.Get<IAccountStore>().FindLastSignedInAsync(default), Is.Null);
    }

    private async Task<string> FindHashAsync()
    {
        Assert.That(Domain.Accounts.Login.TryParse("bob", out var login), Is.True);
        return (await _app.Get<IAccountStore>().FindByLoginAsync(login!, default))!.PasswordHash;
    }
}
