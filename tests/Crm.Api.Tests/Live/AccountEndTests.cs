using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Live;

/// <summary>Taking all of an account's data along, and leaving none behind.</summary>
[TestFixture]
internal sealed class AccountEndTests
{
    private const string Export = "account_export";
    private const string Delete = "account_delete";
    private const string Text = "to be taken along";

    private LiveWorld _world = null!;
    private Operator _anna = null!;
    private long _customer;

    private IAccountDataStore Data => _world.Services.GetRequiredService<IAccountDataStore>();

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _anna = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _anna.CustomersAsync())[0];
        await _anna.ListenForSureAsync(Operator.Phone(1), _customer);
        (await _anna.SendAsync(_customer, Text)).Ok();
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Export_WhenThereIsData_HoldsAllOfItAndNoSecret()
    {
        var webhook = await _anna.PostAsync("webhooks", new JsonObject { ["url"] = "https://example.com/x", ["secret"] = "whsec_5Gh1Jk9QpLm2Vb7" });
        Assert.That(webhook.Status, Is.EqualTo(HttpStatusCode.Created), webhook.ToString());
        await Operator.RegisterAsync(_world, "boris");

        var answer = await _anna.GetAsync(Export);

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((HttpStatusCode.OK, "application/x-ndjson")));
        var lines = answer.Text.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool)lines[^1]["end"]!, Is.True);
            Assert.That((long)lines[^1]["rows"]!, Is.EqualTo(lines.Count - 1));
            Assert.That(Rows(lines, "accounts").Select(row => (string?)row["login"]), Is.EqualTo(new[] { "anna" }));
            Assert.That(Rows(lines, "connections").Select(row => (string?)row["phone"]), Is.EqualTo(new[] { Operator.Phone(1) }));
            Assert.That(Rows(lines, "dialogs").Select(row => (long)row["dialog_id"]!), Does.Contain(_customer));
            Assert.That(Rows(lines, "messages").Select(row => (string?)row["text"]), Does.Contain(Text));
            Assert.That(Rows(lines, "sends").Select(row => (string?)row["text"]), Does.Contain(Text));
            Assert.That(Rows(lines, "webhooks"), Has.Exactly(1).Items);
            Assert.That(answer.Text, Does.Not.Contain("whsec_").And.Not.Contain("_hash\"").And.Not.Contain("security_stamp"));
        }
    }

    [Test]
    public async Task Delete_WhenThePasswordIsRight_LeavesNothing()
    {
        var key = (string)(await _anna.PostAsync("api_keys", new JsonObject { ["name"] = "x", ["scopes"] = new JsonArray("read") })).Json["key"]!;

        var answer = await DeleteAsync(Operator.Password);

        Assert.That((answer.Status, (string?)answer.Json["status"]), Is.EqualTo((HttpStatusCode.Accepted, "deleting")));
        (await _anna.PostAsync(Routes.Load)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        (await _world.Client.PostAsync(Routes.Load, "{}", key)).AssertRefused(HttpStatusCode.Unauthorized, "authentication.token_invalid");
        await ErasedAsync();
        Assert.That(await RecordsAsync(), Is.Empty);
        Assert.That(_world.Sandbox.Control.Stats().Rpcs["auth.logOut"], Is.EqualTo(1));
    }

    [Test]
    public async Task Delete_WhenTheLoginIsTakenAgain_IsAnotherAccount()
    {
        await DeleteForSureAsync();

        var again = await Operator.RegisterAsync(_world, "anna");

        Assert.That(again.AccountId, Is.Not.EqualTo(_anna.AccountId));
        Assert.That((string?)(await again.PrepareAsync(Operator.Phone(1)))["session"], Is.EqualTo("created"));
        Assert.That(await again.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Delete_WhenThePasswordIsWrong_DeletesNothing()
    {
        (await DeleteAsync("wrong")).AssertRefused(HttpStatusCode.Unauthorized, "account.password_wrong");
        (await _anna.PostAsync(Delete, new JsonObject())).AssertRefused(HttpStatusCode.BadRequest, "validation.failed", "password");

        Assert.That(await _anna.MessagesWithAsync(_customer), Is.Not.Empty);
        Assert.That(await _anna.DialogsAsync(), Is.Not.Empty, "Telegram's session is there too");
    }

    [Test]
    public async Task Delete_WhenTelegramCannotBeTold_IsRefusedUnlessItIsForced()
    {
        _world.Sandbox.Control.RpcError("auth.logOut", 500, "INTERNAL");

        Assert.That((int)(await DeleteAsync(Operator.Password)).Status, Is.InRange(502, 503));
        Assert.That(await _anna.DialogsAsync(), Is.Not.Empty);

        _world.Sandbox.Control.RpcError("auth.logOut", 500, "INTERNAL");
        await DeleteForSureAsync(force: true);
        await ErasedAsync();
    }

    [Test]
    public async Task Delete_WhenTheProcessEndsBeforeItsEnd_GoesOnAfterARestart()
    {
        await Data.CloseAsync(_anna.AccountId, default);
        Assert.That(await Data.ListClosedAsync(default), Is.EqualTo(new[] { _anna.AccountId }));

        await _world.RestartApiAsync();

        await ErasedAsync();
        Assert.That(await RecordsAsync(), Is.Empty);
    }

    [Test]
    public async Task Delete_WhenThereIsAnotherAccount_LeavesItAlone()
    {
        var boris = await Operator.RegisterAsync(_world, "boris");
        await boris.PrepareAsync(Operator.Phone(2), Operator.CloudPassword);
        await boris.AskForCodeAsync();
        (await boris.EnterCodeAsync(Operator.Code)).Ok();
        var customer = (await boris.CustomersAsync())[0];
        (await boris.SendAsync(customer, "from boris")).Ok();

        await DeleteForSureAsync();
        await ErasedAsync();

        Assert.That((await boris.MessagesWithAsync(customer)).Select(row => (string?)row!["message"]), Does.Contain("from boris"));
        (await boris.SendAsync(customer, "still here")).Ok();
    }

    private static IEnumerable<JsonObject> Rows(List<JsonObject> lines, string table) =>
        lines.Where(line => (string?)line["table"] == table).Select(line => line["row"]!.AsObject());

    private Task<ApiAnswer> DeleteAsync(string password, bool force = false) =>
        _anna.PostAsync(Delete, new JsonObject { ["password"] = password, ["force"] = force });

    private async Task DeleteForSureAsync(bool force = false)
    {
        var answer = await DeleteAsync(Operator.Password, force);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Accepted), answer.ToString());
    }

    private async Task ErasedAsync() =>
        await Eventually.ReadAsync(() => Data.ListClosedAsync(default), closed => closed.Count == 0, "the end of the account");

    private async Task<List<AccountRecord>> RecordsAsync()
    {
        var records = new List<AccountRecord>();
        await foreach (var record in Data.ReadAsync(_anna.AccountId, default))
        {
            records.Add(record);
        }

        return records;
    }
}
