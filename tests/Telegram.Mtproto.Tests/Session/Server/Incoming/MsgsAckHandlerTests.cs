namespace Telegram.Mtproto.Tests.Session.Server.Incoming;

[TestFixture]
internal sealed class MsgsAckHandlerTests
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
    public void Receive_WhenAnAnswerIsAcknowledged_ForgetsIt()
    {
        var id = _script.NextClientId();
        _script.Receive(ServerScript.Request, 1, id);
        _script.Session.SendResult(id, Hex.Bytes(Ids.BoolTrue));
        var answer = _script.Flush().Single();
        _script.Receive(Ids.MsgsAck + Ids.Vector + Hex.Of(2) + Hex.Of(answer.Id) + Hex.Of(5L));
        _script.Session.Reconnected();
        Assert.That(_script.Flush().Select(message => message.Id), Does.Not.Contain(answer.Id));
    }

    [Test]
    public void Receive_WhenTheVectorIsCutShort_RejectsIt() =>
        Assert.That(_script.Receive(Ids.MsgsAck + Ids.Vector + Hex.Of(2) + Hex.Of(5L)).MustClose, Is.True);
}
