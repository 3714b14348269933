using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>Edits and deletions made elsewhere: what a message says now changes, what was said stays readable.</summary>
[TestFixture]
internal sealed class RevisionTests
{
    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private OtherDevice _device = null!;
    private TelegramPerson _person = null!;
    private long _customer;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
        _device = await OtherDevice.SignInAsync(_world.Sandbox, Operator.Phone(1));
        _person = await _device.FindAsync(_customer);
        await _operator.ListenForSureAsync(Operator.Phone(1), _customer);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _device.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task GetMessages_WhenAMessageWasEditedElsewhere_SaysSoAndKeepsEveryWording()
    {
        var id = await SendAsync("first wording");
        await _device.EditAsync(_person, id, "second wording");
        await _device.EditAsync(_person, id, "third wording");

        var row = await RowAsync(id, row => (string?)row["message"] == "third wording");

        var revisions = (await _operator.GetAsync($"messages/{row["id"]}/revisions")).Ok().AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long?)row["edited_at"], Is.GreaterThanOrEqualTo((long)row["timestamp"]!));
            Assert.That((int)row["revisions"]!, Is.EqualTo(2));
            Assert.That(revisions.Select(one => (string?)one!["message"]), Is.EqualTo(new[] { "first wording", "second wording" }));
            Assert.That(revisions.Select(one => one!["edited_at"] is null), Is.EqualTo(new[] { true, false }));
            Assert.That(revisions.Select(one => (long?)one!["replaced_at"]), Is.All.GreaterThanOrEqualTo((long)row["timestamp"]!));
        }
    }

    [Test]
    public async Task GetMessages_WhenAMessageWasDeletedElsewhere_SaysSoAndKeepsItsText()
    {
        var id = await SendAsync("soon gone");
        await _device.DeleteAsync(id);

        var row = await RowAsync(id, row => row["deleted_at"] is not null);

        Assert.That(((string?)row["message"], (int)row["revisions"]!), Is.EqualTo(("soon gone", 0)));
    }

    [Test]
    public async Task Revisions_WhenTheMessageIsSomebodyElses_Is404()
    {
        var id = await SendAsync("mine");
        var row = await RowAsync(id, _ => true);
        var other = await Operator.RegisterAsync(_world, "boris");

        (await other.GetAsync($"messages/{row["id"]}/revisions")).AssertRefused(HttpStatusCode.NotFound, "message.not_found");
        (await _operator.GetAsync("messages/999999999/revisions")).AssertRefused(HttpStatusCode.NotFound, "message.not_found");
        (await _operator.GetAsync("messages/x/revisions")).AssertRefused(HttpStatusCode.NotFound, "route.not_found");
    }

    private async Task<int> SendAsync(string text) => (int)(await _operator.SendAsync(_customer, text)).Ok()["message_id"]!;

    private async Task<JsonNode> RowAsync(int messageId, Predicate<JsonNode> isThere)
    {
        var rows = await _operator.WaitForAsync(
            _customer, row => (int?)row["message_id"] == messageId && isThere(row), $"message {messageId}");
        return rows.Single(row => (int?)row!["message_id"] == messageId)!;
    }
}
