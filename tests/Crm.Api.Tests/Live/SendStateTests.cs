using System.Net;
using System.Text.Json.Nodes;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Live;

/// <summary>What callers learn of sends after their answer.</summary>
[TestFixture]
internal sealed class SendStateTests
{
    private const string SendMessage = "messages.sendMessage";

    private LiveWorld _world = null!;
    private Operator _operator = null!;
    private long _customer;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await LiveWorld.StartAsync();
        _operator = await Operator.InTelegramAsync(_world, "anna", 1);
        _customer = (await _operator.CustomersAsync())[0];
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task Get_WhenSent_IsTheAnswerOfTheSendAndNobodyElses()
    {
        var sent = (await _operator.SendAsync(_customer, "hello")).Ok();
        var state = await StateAsync(sent);
        foreach (var (name, value) in sent.AsObject())
        {
            Assert.That(JsonNode.DeepEquals(state[name], value), Is.True, name);
        }

        var boris = await Operator.RegisterAsync(_world, "boris");
        (await boris.GetAsync($"sends/{sent["send_id"]}")).AssertRefused(HttpStatusCode.NotFound, "send.not_found");
        (await _operator.GetAsync("sends/9000000000000000000")).AssertRefused(HttpStatusCode.NotFound, "send.not_found");
    }

    [Test]
    public async Task Get_WhenTelegramRefused_SaysWhy()
    {
        _world.Sandbox.Control.RpcError(SendMessage, 403, "CHAT_WRITE_FORBIDDEN");
        (await _operator.SendAsync(_customer, "hello")).AssertRefused(HttpStatusCode.Conflict, "telegram.write_forbidden");
        var next = (await _operator.SendAsync(_customer, "hello")).Ok();
        var state = (await _operator.GetAsync($"sends/{(long)next["send_id"]! - 1}")).Ok();
        Assert.That(((string?)state["status"], (string?)state["code"]), Is.EqualTo(("failed", "telegram.write_forbidden")));
    }

    [Test]
    public async Task Get_WhenTheAnswerWasLostAndTelegramSaysDuplicate_NamesTheMessageThatWasSent()
    {
        (await _operator.SendAsync(_customer, "the same words")).Ok();
        _world.QueueSendsSoon();
        _world.Sandbox.Control.LoseAnswer(SendMessage);
        _world.Sandbox.Control.RpcError(SendMessage, 400, "RANDOM_ID_DUPLICATE");
        var queued = await _operator.SendAsync(_customer, "the same words");
        Assert.That(queued.Status, Is.EqualTo(HttpStatusCode.Accepted), queued.ToString());

        var state = await Eventually.ReadAsync(
            () => StateAsync(queued.Json), state => state["message_id"] is not null, "the message of the send whose answer was lost");
        var (first, second) = (MessagesOf("the same words")[0], MessagesOf("the same words")[1]);
        Assert.That(((string?)state["status"], (int)state["message_id"]!), Is.EqualTo(("sent", second)));
        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That((long)state["id"]!, Is.GreaterThan(0));
    }

    private int[] MessagesOf(string text) =>
    [
        .. _world.Sandbox.Control.Messages(Operator.Phone(1), _customer).Where(message => message.Text == text).Select(message => message.MessageId),
    ];

    private async Task<JsonNode> StateAsync(JsonNode sent) => (await _operator.GetAsync($"sends/{sent["send_id"]}")).Ok();
}
