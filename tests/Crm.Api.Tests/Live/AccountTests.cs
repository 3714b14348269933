using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Accounts: who gets one, and what of another's can be seen.</summary>
[TestFixture]
internal sealed class AccountTests
{
    private LiveWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await LiveWorld.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task AccountAuth_WhenFiftyAddOneLoginAtOnce_MakesOneAccount()
    {
        var calls = Enumerable.Range(0, 50).Select(_ => _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna")));
        var answers = await Task.WhenAll(calls);
        var accounts = answers.Select(answer => answer.Ok()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(accounts.Select(account => (long)account["id_account"]!).Distinct().Count(), Is.EqualTo(1));
            Assert.That(accounts.Select(account => (long)account["id"]!).Distinct().Count(), Is.EqualTo(1));
            Assert.That(accounts.Count(account => (bool)account["created"]!), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task AccountAuth_WhenPasswordIsWrong_Is401()
    {
        await Operator.RegisterAsync(_world, "anna");
        (await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna", "wrong")))
            .AssertRefused(HttpStatusCode.Unauthorized, "account.password_wrong");
    }

    [Test]
    public async Task AccountAuth_WhenRegistrationIsOff_TakesOnlyWhoIsThere()
    {
        var anna = await Operator.RegisterAsync(_world, "anna");
        await _world.RestartApiAsync(("Accounts:AllowRegistration", "false"));
        (await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("boris")))
            .AssertRefused(HttpStatusCode.Unauthorized, "account.password_wrong");
        var again = (await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna"))).Ok();
        Assert.That(((long)again["id_account"]!, (bool)again["created"]!), Is.EqualTo((anna.AccountId, false)));
    }

    [TestCase("login", "")]
    [TestCase("login", "   ")]
    [TestCase("password", "")]
    [TestCase("api_hash", "")]
    public async Task AccountAuth_WhenTextIsEmpty_Is400(string field, string value)
    {
        var body = Operator.Credentials("anna");
        body[field] = value;
        (await _world.Client.PostAsync(Routes.AccountAuth, body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);
    }

    [TestCase("login", 257)]
    [TestCase("password", 1025)]
    [TestCase("api_hash", 129)]
    public async Task AccountAuth_WhenTextIsTooLong_Is400(string field, int length)
    {
        var body = Operator.Credentials("anna");
        body[field] = new string('x', length);
        (await _world.Client.PostAsync(Routes.AccountAuth, body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", field);
    }

    [TestCase(0)]
    [TestCase(-1)]
    public async Task AccountAuth_WhenIdApiIsOutOfRange_Is400(int value)
    {
        var body = Operator.Credentials("anna");
        body["id_api"] = value;
        (await _world.Client.PostAsync(Routes.AccountAuth, body)).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "id_api");
    }

    [Test]
    public async Task AccountAuth_WhenRefused_LeavesNoAccountBehind()
    {
        var body = Operator.Credentials("anna");
        body["api_hash"] = "";
        await _world.Client.PostAsync(Routes.AccountAuth, body);
        Assert.That((bool)(await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna"))).Ok()["created"]!, Is.True);
    }

    [Test]
    public async Task GetMessages_WhenAccountIsAnothers_IsTheSame404AsForNone()
    {
        var anna = await Operator.RegisterAsync(_world, "anna");
        var boris = await Operator.RegisterAsync(_world, "boris");
        foreach (var id in new[] { anna.AccountId, 1_000_000_000_000_000 })
        {
            (await boris.PostAsync(Routes.GetMessages, new JsonObject { ["id_account"] = id }))
                .AssertRefused(HttpStatusCode.NotFound, "account.not_found");
        }

        Assert.That(await boris.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Tokens_WhenTwoListenAtOnce_ShowEachTheirOwnRowsOnly()
    {
        var anna = await Operator.InTelegramAsync(_world, "anna", 1);
        var boris = await SignInWithPasswordAsync("boris");
        var (annas, boriss) = ((await anna.CustomersAsync())[0], (await boris.CustomersAsync())[0]);
        await anna.ListenAsync();
        await boris.ListenAsync();
        var sent = await Task.WhenAll(anna.SendAsync(annas, "from anna"), boris.SendAsync(boriss, "from boris"));
        await anna.WaitForReplyAsync(annas, sent[0].Ok());
        await boris.WaitForReplyAsync(boriss, sent[1].Ok());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RowsAsync(anna), Is.All.EqualTo(anna.AccountId));
            Assert.That(await RowsAsync(boris), Is.All.EqualTo(boris.AccountId));
            Assert.That((await anna.MessagesAsync()).ToJsonString(), Does.Not.Contain("from boris"));
            Assert.That((await boris.MessagesAsync()).ToJsonString(), Does.Not.Contain("from anna"));
        }
    }

    [Test]
    public async Task Tokens_WhenTheProcessWasRestarted_AreStillGood()
    {
        var anna = await Operator.RegisterAsync(_world, "anna");
        await Operator.RegisterAsync(_world, "boris");
        await _world.RestartApiAsync();
        Assert.That(await anna.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Refresh_WhenTokenIsOurs_GivesATokenThatWorks()
    {
        var account = (await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna"))).Ok();
        var refresh = new JsonObject { ["refresh_token"] = (string?)account["refresh_token"] };
        var pair = (await _world.Client.PostAsync("token_refresh", refresh)).Ok();
        var body = new JsonObject { ["id_account"] = (long)account["id_account"]! };
        (await _world.Client.PostAsync(Routes.GetMessages, body, (string)pair["access_token"]!)).Ok();
        Assert.That(
            pair.AsObject().Select(field => field.Key),
            Is.EquivalentTo(new[] { "access_token", "token_type", "expires_in", "refresh_token" }));
    }

    [Test]
    public async Task Refresh_WhenTokenIsNotARefreshToken_Is401()
    {
        var account = (await _world.Client.PostAsync(Routes.AccountAuth, Operator.Credentials("anna"))).Ok();
        foreach (var token in new[] { (string)account["access_token"]!, "nonsense", "" })
        {
            (await _world.Client.PostAsync("token_refresh", new JsonObject { ["refresh_token"] = token }))
                .AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        }
    }

    [Test]
    public async Task Ambient_WhenTheProcessWasRestarted_IsStillWhoSignedInLast()
    {
        await Operator.RegisterAsync(_world, "anna");
        var boris = await Operator.RegisterAsync(_world, "boris");
        await _world.RestartApiAsync();
        var body = new JsonObject { ["id_account"] = boris.AccountId };
        (await _world.Client.PostAsync(Routes.GetMessages, body)).Ok();
    }

    private async Task<Operator> SignInWithPasswordAsync(string login)
    {
        var someone = await Operator.RegisterAsync(_world, login);
        await someone.PrepareAsync(Operator.Phone(2), Operator.CloudPassword);
        await someone.AskForCodeAsync();
        (await someone.EnterCodeAsync(Operator.Code)).Ok();
        return someone;
    }

    private static async Task<IEnumerable<long>> RowsAsync(Operator someone) =>
        (await someone.MessagesAsync()).SelectMany(user => user.Value!.AsArray()).Select(row => (long)row!["id_account"]!);
}
