using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Two processes on one database.</summary>
[TestFixture]
internal sealed class OwnershipTests
{
    [Test]
    public async Task SecondProcess_WhileTheFirstRuns_ReadsAndQueuesAndTakesOverWhenItEnds()
    {
        await using var world = await LiveWorld.StartAsync();
        var someone = await Operator.InTelegramAsync(world, "anna", 1);
        var customer = (await someone.CustomersAsync())[0];
        await someone.ListenAsync();
        await using var second = world.StartSecond();
        using var client = second.CreateClient();
        var there = someone.At(client);

        Assert.That((await there.PostAsync(Routes.GetMessages, new JsonObject { ["id_account"] = someone.AccountId })).Status, Is.EqualTo(HttpStatusCode.OK));
        var refused = await there.PostAsync(Routes.Load);
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((string?)refused.Json["code"], Is.EqualTo("telegram.owned_elsewhere"));
        Assert.That((await there.SendAsync(customer, "from the second")).Status, Is.EqualTo(HttpStatusCode.Accepted));
        await someone.WaitForAsync(customer, row => (string?)row["message"] == "from the second", "the first delivers what the second queued");

        await world.StopApiAsync();
        await world.Sandbox.Control.SendAsync(Operator.Phone(1), customer, "to whoever listens", 1, 0, default);
        await there.WaitForAsync(customer, row => (string?)row["message"] == "to whoever listens", "the second listens now");
        Assert.That((await there.SendAsync(customer, "and answers")).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
