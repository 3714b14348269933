namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgResendReqHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheMessagesAreHere_SendsThemAgainAsTheyWere()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var sent = _script.Flush();
        _script.Receive(Ids.MsgResendReq + Ids.Vector + Hex.Of(2) + Hex.Of(sent[0].Id) + Hex.Of(sent[1].Id));
        var again = _script.Flush();
        Assert.That(again.Select(message => (message.Id, message.SequenceNumber, message.Body)), Is.EqualTo(sent.Select(message => (message.Id, message.SequenceNumber, message.Body))));
        Assert.That(again[0].CarrierId, Is.GreaterThan(sent[0].CarrierId));
    }

    [Test]
    public void Receive_WhenOneIsNotHere_SendsStatesInstead()
    {
        var sent = _script.Send();
        var question = _script.NextServerId();
        _script.Receive(Ids.MsgResendReq + Ids.Vector + Hex.Of(2) + Hex.Of(sent.Id) + Hex.Of(4L), id: question);
        Assert.That(_script.Flush().Single().Body, Does.StartWith(Ids.MsgsStateInfo + Hex.Of(question) + "02"));
    }
}
