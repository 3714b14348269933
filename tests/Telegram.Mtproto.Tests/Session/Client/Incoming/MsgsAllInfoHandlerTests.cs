namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class MsgsAllInfoHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenARequestIsMissing_SendsItAgainAsNew()
    {
        _script.Flush();
        _script.Enqueue("01000000");
        _script.Enqueue("02000000");
        var sent = _script.Flush();
        _script.Receive(Ids.MsgsAllInfo + Ids.Vector + Hex.Of(3) + Hex.Of(sent[0].Id) + Hex.Of(sent[1].Id) + Hex.Of(8L) + "03020402");
        Assert.That(_script.Flush().Single().Body, Is.EqualTo("01000000"));
        Assert.That(_script.Events, Is.EqualTo(["acknowledged 2"]));
    }

    [Test]
    public void Receive_WhenThereIsNotOneStateForEach_RejectsIt() =>
        Assert.That(_script.Receive(Ids.MsgsAllInfo + Ids.Vector + Hex.Of(1) + Hex.Of(4L) + "02020200").MustClose, Is.True);
}
