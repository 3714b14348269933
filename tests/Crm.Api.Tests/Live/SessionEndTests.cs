using System.Net;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Telegram ends a session: what is told of it, what goes on, and what the next sign-in finds.</summary>
[TestFixture]
internal sealed class SessionEndTests
{
    private const int Annas = 1;
    private const int Boriss = 3;

    private LiveWorld _world = null!;
    private Operator _anna = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync(operators: 3);
        _anna = await Operator.InTelegramAsync(_world, "anna", Annas);
        _customer = (await _anna.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Logout_WhenCalled_EndsTheSessionAndKeepsTheMessages()
    {
        await _anna.ListenForSureAsync(Operator.Phone(Annas), _customer);
        var before = (await _anna.MessagesWithAsync(_customer)).Count;

        Assert.That((string?)(await _anna.PostAsync("telegram_logout")).Ok()["status"], Is.EqualTo("disconnected"));

        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.not_authorized");
        Assert.That((await _anna.MessagesWithAsync(_customer)).Count, Is.GreaterThanOrEqualTo(before));
        Assert.That((string?)(await _anna.PrepareAsync(Operator.Phone(Annas)))["session"], Is.EqualTo("created"));
        Assert.That((string?)(await _anna.AskForCodeAsync())["status"], Is.EqualTo("code_required"));
        (await _anna.EnterCodeAsync(Operator.Code)).Ok();
        Assert.That(await _anna.CustomersAsync(), Does.Contain(_customer));
    }

    [Test]
    public async Task Revoke_WhenAnotherAccountListensToo_IsNoNewsForIt()
    {
        var boris = await Operator.InTelegramAsync(_world, "boris", Boriss);
        var customer = (await boris.CustomersAsync())[0];
        await _anna.ListenAsync();
        await boris.ListenForSureAsync(Operator.Phone(Boriss), customer);

        _world.Sandbox.Control.Revoke(Operator.Phone(Annas));
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");
        (await _anna.PostAsync(Routes.Handler)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");
        (await _anna.SendAsync(_customer, "hello")).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");

        await _world.Sandbox.Control.SendAsync(Operator.Phone(Boriss), customer, "for boris");
        await boris.WaitForAsync(customer, row => (string?)row["message"] == "for boris", "the message to the other account");
        (await boris.SendAsync(customer, "thanks")).Ok();
    }

    [Test]
    public async Task Revoke_WhenItListenedAndTheSameUserSignsInAgain_CatchesUpWithoutACall()
    {
        await _anna.ListenForSureAsync(Operator.Phone(Annas), _customer);

        _world.Sandbox.Control.Revoke(Operator.Phone(Annas));
        await Eventually.ReadAsync(
            () => _anna.PostAsync(Routes.Load), answer => answer.Status == HttpStatusCode.Conflict, "the end of the session");
        await _world.Sandbox.Control.SendAsync(Operator.Phone(Annas), _customer, "meanwhile {n}", count: 5);
        await SignInAgainAsync();

        await _anna.WaitForAsync(_customer, row => (string?)row["message"] == "meanwhile 5", "what was written meanwhile");
        var rows = await _anna.MessagesWithAsync(_customer);
        Assert.That(
            rows.Select(row => (string?)row!["message"]).Where(text => text!.StartsWith("meanwhile", StringComparison.Ordinal)),
            Is.EqualTo(Enumerable.Range(1, 5).Select(n => $"meanwhile {n}")));
    }

    [TestCase(401, "USER_DEACTIVATED")]
    [TestCase(406, "AUTH_KEY_DUPLICATED")]
    public async Task Call_WhenTelegramEndsTheSessionForAnotherReason_IsTheSame409AndAnotherSignInHelps(int code, string reason)
    {
        _world.Sandbox.Control.RpcError("messages.getDialogs", code, reason);
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");
        await SignInAgainAsync();
        Assert.That(await _anna.DialogsAsync(), Is.Not.Empty);
        await _world.RestartApiAsync();
        Assert.That(await _anna.DialogsAsync(), Is.Not.Empty, "the new session was stored");
    }

    [Test]
    public async Task Auth_WhenThePhoneBelongsToAnotherUserNow_RefusesAndMixesNothing()
    {
        var before = (await _anna.HistoryAsync(_customer)).Count;
        await _world.Data.ExecuteAsync("UPDATE connections SET telegram_user_id = 4711");
        _world.Sandbox.Control.Revoke(Operator.Phone(Annas));
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.session_revoked");

        await _anna.PrepareAsync(Operator.Phone(Annas));
        await _anna.AskForCodeAsync();
        (await _anna.EnterCodeAsync(Operator.Code)).AssertRefused(HttpStatusCode.Conflict, "telegram.another_user");
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Conflict, "telegram.not_authorized");
        Assert.That(await _anna.MessagesWithAsync(_customer), Has.Count.EqualTo(before));
        Assert.That((string?)(await _anna.PrepareAsync(Operator.Phone(Annas)))["status"], Is.EqualTo("disconnected"), "the stranger's session is gone");

        var heir = await Operator.InTelegramAsync(_world, "heir", Annas);
        Assert.That(await heir.DialogsAsync(), Is.Not.Empty);
    }

    private async Task SignInAgainAsync()
    {
        await _anna.PrepareAsync(Operator.Phone(Annas));
        await _anna.AskForCodeAsync();
        Assert.That((string?)(await _anna.EnterCodeAsync(Operator.Code)).Ok()["status"], Is.EqualTo("authorized"));
    }
}
