using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>The contract's own sequence of requests, without a token as its examples are written.</summary>
[TestFixture(1, "")]
[TestFixture(2, Operator.CloudPassword)]
internal sealed class SeedFlowTests(int phone, string cloudPassword)
{
    private LiveWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await LiveWorld.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Requests_WhenMadeInTheContractsOrder_DoTheWholeJob()
    {
        var account = (await PostAsync(Routes.AccountAuth, Operator.Credentials("anna"))).Ok();
        var prepared = (await PostAsync(Routes.Preauth, PhoneAndPassword())).Ok();
        Assert.That(((string?)prepared["session"], (string?)prepared["status"]), Is.EqualTo(("created", "disconnected")));

        var asked = (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = false })).Ok();
        Assert.That(((string?)asked["status"], (int?)asked["code_length"]), Is.EqualTo(("code_required", 5)));

        var signed = (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = true, ["code"] = int.Parse(Operator.Code) })).Ok();
        Assert.That((string?)signed["status"], Is.EqualTo("authorized"));
        Assert.That((string?)signed["telegram_user"]!["phone"], Is.EqualTo(Operator.Phone(phone)));

        var dialogs = (await PostAsync(Routes.Load)).Ok().AsArray();
        var customer = (long)dialogs.First(dialog => (string?)dialog!["type"] == "user" && dialog["phone"] is not null)!["id"]!;
        Assert.That((bool)(await PostAsync(Routes.Handler)).Ok()["listening"]!, Is.True);

        var history = (await PostAsync(Routes.LoadDialog, new JsonObject { ["user_id"] = customer })).Ok().AsArray();
        AssertSame(history, customer);

        var sent = (await PostAsync(Routes.Send, new JsonObject { ["user_id"] = customer, ["answer"] = "Добрый день! 🎉" })).Ok();
        Assert.That(((string?)sent["status"], (string?)sent["message"], (int?)sent["answer"]), Is.EqualTo(("sent", "Добрый день! 🎉", 1)));

        var rows = await Eventually.ReadAsync(
            async () => (await StoredAsync(account))[customer.ToString()]!.AsArray(),
            rows => rows.Any(row => (int)row!["answer"]! == 0 && (int?)row["message_id"] > (int?)sent["message_id"]),
            "the customer's reply");
        AssertSame(rows, customer);
        Assert.That(rows.Select(row => (long)row!["timestamp"]!), Is.Ordered);
        Assert.That(rows.Select(row => (long)row!["id"]!), Is.Unique);
    }

    [Test]
    public async Task Requests_WhenTheProcessWasRestarted_NeedNoCodeAgain()
    {
        await PostAsync(Routes.AccountAuth, Operator.Credentials("anna"));
        var body = PhoneAndPassword();
        (await PostAsync(Routes.Preauth, body)).Ok();
        (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = false })).Ok();
        (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = true, ["code"] = Operator.Code })).Ok();

        await _world.RestartApiAsync();

        var prepared = (await PostAsync(Routes.Preauth, body)).Ok();
        Assert.That(((string?)prepared["session"], (string?)prepared["status"]), Is.EqualTo(("found", "authorized")));
        Assert.That((string?)(await PostAsync(Routes.Auth, new JsonObject { ["flag"] = false })).Ok()["status"], Is.EqualTo("authorized"));
        Assert.That((await PostAsync(Routes.Load)).Ok().AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task Preauth_WhenItBringsTheCode_SignsInAtOnce()
    {
        await PostAsync(Routes.AccountAuth, Operator.Credentials("anna"));
        var body = PhoneAndPassword();
        (await PostAsync(Routes.Preauth, body)).Ok();
        (await PostAsync(Routes.Auth, new JsonObject { ["flag"] = false })).Ok();
        body["code"] = Operator.Code;
        body["user_id"] = 0;

        Assert.That((string?)(await PostAsync(Routes.Preauth, body)).Ok()["status"], Is.EqualTo("authorized"));
    }

    private Task<ApiAnswer> PostAsync(string route, JsonNode? body = null) => _world.Client.PostAsync(route, body?.ToJsonString());

    private JsonObject PhoneAndPassword() => new() { ["phone"] = Operator.Phone(phone), ["password"] = cloudPassword };

    private async Task<JsonObject> StoredAsync(JsonNode account) =>
        (await PostAsync(Routes.GetMessages, new JsonObject { ["id_account"] = (long)account["id_account"]!, ["messenger"] = "telegram" }))
            .Ok()
            .AsObject();

    /// <summary>What is stored of a dialog is what the server holds of it, message by message.</summary>
    private void AssertSame(JsonArray rows, long customer)
    {
        var truth = _world.Sandbox.Control.Messages(Operator.Phone(phone), customer)
            .Select(message => (message.MessageId, message.Text, message.Out, message.Date));
        Assert.That(
            rows.Select(row => ((int)row!["message_id"]!, (string)row["message"]!, (int)row["answer"]! == 1, (long)row["timestamp"]!)),
            Is.EqualTo(truth));
    }
}
