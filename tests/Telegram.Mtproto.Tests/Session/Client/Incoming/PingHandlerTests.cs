namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class PingHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheServerPings_AnswersWithPong()
    {
        _script.Flush();
        var id = _script.NextServerId(answer: false);
        _script.Receive(Ids.Ping + Hex.Of(42L), id: id);
        var pong = _script.Flush().Single();
        Assert.That(pong.Body, Is.EqualTo(Ids.Pong + Hex.Of(id) + Hex.Of(42L)));
        Assert.That(pong.SequenceNumber % 2, Is.Zero);
    }
}
