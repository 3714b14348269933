namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class MsgResendReqHandlerTests
{
    private ServerScript _script = null!;

    [SetUp]
    public void SetUp()
    {
        _script = new ServerScript();
        _script.Begin();
    }

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheMessagesAreHere_SendsThemAgainAsTheyWere()
    {
        _script.Session.SendUpdate(Hex.Bytes("e317af7e"));
        _script.Session.SendUpdate(Hex.Bytes("01020304"));
        var sent = _script.Flush();
        _script.Receive(Ids.MsgResendReq + Ids.Vector + Hex.Of(2) + Hex.Of(sent[0].Id) + Hex.Of(sent[1].Id));
        Assert.That(_script.Flush().Select(message => (message.Id, message.SequenceNumber, message.Body)), Is.EqualTo(sent.Select(message => (message.Id, message.SequenceNumber, message.Body))));
    }

    [Test]
    public void Receive_WhenOneIsNotHere_SendsStatesInstead()
    {
        _script.Session.SendUpdate(Hex.Bytes("e317af7e"));
        var sent = _script.Flush().Single();
        var question = _script.NextClientId();
        _script.Receive(Ids.MsgResendReq + Ids.Vector + Hex.Of(2) + Hex.Of(sent.Id) + Hex.Of(7L), id: question);
        Assert.That(_script.Flush().Single().Body, Does.StartWith(Ids.MsgsStateInfo + Hex.Of(question) + "02"));
    }
}
