namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgNewDetailedInfoHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheMessageIsNotHere_AsksForIt()
    {
        _script.Flush();
        _script.Receive(Ids.MsgNewDetailedInfo + Hex.Of(0x57L) + Hex.Of(100_000) + Hex.Of(0));
        Assert.That(_script.Flush().Single().Body, Is.EqualTo(Ids.MsgResendReq + Ids.Vector + Hex.Of(1) + Hex.Of(0x57L)));
    }

    [Test]
    public void Receive_WhenTheMessageIsHere_AcknowledgesIt()
    {
        _script.Flush();
        var id = _script.NextServerId();
        _script.Receive("00000000", id: id);
        _script.Receive(Ids.MsgNewDetailedInfo + Hex.Of(id) + Hex.Of(100_000) + Hex.Of(0));
        _script.Enqueue();
        Assert.That(_script.Flush()[0].Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(id)));
    }
}
