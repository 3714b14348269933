namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgsAckHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenARequestIsNamed_ReportsItOnce()
    {
        var sent = _script.Send();
        var ack = Ids.MsgsAck + Ids.Vector + Hex.Of(2) + Hex.Of(sent.Id) + Hex.Of(12L);
        _script.Receive(ack);
        _script.Receive(ack);
        Assert.That(_script.Events, Is.EqualTo(["acknowledged 1"]));
        Assert.That(_script.Session.PendingRequests, Is.EqualTo(1));
    }

    [TestCase(Ids.Vector + "ffffff7f")]
    [TestCase(Ids.Vector + "ffffffff")]
    [TestCase(Ids.Vector + "02000000" + "0102030405060708")]
    [TestCase("00000000" + "00000000")]
    [TestCase("")]
    public void Receive_WhenTheVectorIsImpossible_RejectsIt(string vector) =>
        Assert.That(_script.Receive(Ids.MsgsAck + vector).MustClose, Is.True);
}
